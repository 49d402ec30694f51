package io.exai.server.feature;

import io.exai.protocol.mcp.ServerMessages;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.change.Change;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.ResourceBook;
import io.exai.server.security.StateSeal;
import io.exai.server.tool.Toolbox;
import java.util.function.Consumer;

/**
 * What requests are answered from.
 *
 * @param announcer tells clients everywhere of a change; may be called on any thread
 * @param pageSize items on one page of a list
 */
public record FeatureParts(
        ServerMessages messages,
        Toolbox toolbox,
        PromptBook prompts,
        ResourceBook resources,
        Catalogue catalogue,
        StateSeal seal,
        Consumer<Change> announcer,
        int pageSize) {}
