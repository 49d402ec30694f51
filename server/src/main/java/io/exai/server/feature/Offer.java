package io.exai.server.feature;

import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.ResourceBook;
import io.exai.server.tool.Toolbox;

/** What a daemon has for its clients. */
public record Offer(Toolbox toolbox, PromptBook prompts, ResourceBook resources) {}
