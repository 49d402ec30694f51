package io.exai.server.edge;

import io.exai.protocol.frame.Limits;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.change.Changes;
import io.exai.server.feature.Features;
import io.exai.server.security.StateSeal;
import io.exai.server.setting.HttpSettings;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Toolbox;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What every connection needs.
 *
 * @param touchInterval how often a quiet connection tells its session that it is still there
 */
public record EdgeParts(
        HttpSettings http,
        Limits limits,
        ServerMessages messages,
        Toolbox toolbox,
        Reports reports,
        Catalogue catalogue,
        SessionGate sessions,
        Features features,
        StateSeal seal,
        Changes changes,
        Clock clock,
        Executor executor,
        Duration touchInterval) {}
