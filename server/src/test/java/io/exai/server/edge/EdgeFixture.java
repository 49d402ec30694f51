package io.exai.server.edge;

import io.exai.protocol.frame.Limits;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.feature.FeatureParts;
import io.exai.server.feature.Features;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.DaemonResources;
import io.exai.server.security.StateSeal;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Toolbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** What a connection needs, with sessions in the hands of the test. */
final class EdgeFixture {
    /** What the report tools tell. */
    static final Reports REPORTS = new Reports(Map.of(
            "version",
            () -> WireJson.object().put("version", "1.2.3").put("java", "17").put("revisions", "all")));

    private EdgeFixture() {}

    static EdgeParts parts(Settings settings, int callLimit, SessionGate gate) {
        ServerMessages messages = new ServerMessages(new ServerIdentity("1", ""));
        StateSeal seal = new StateSeal(new byte[StateSeal.KEY_BYTES], Duration.ofHours(1), Clock.systemUTC());
        Toolbox toolbox = Toolbox.load("", settings.deadline());
        Catalogue catalogue = Catalogue.load(settings.providers());
        Features features = new Features(new FeatureParts(
                messages,
                toolbox,
                PromptBook.load(""),
                DaemonResources.of(settings, catalogue, toolbox),
                catalogue,
                seal,
                change -> {},
                100));
        return new EdgeParts(
                settings.http(),
                new Limits(1 << 20, callLimit, 1024),
                messages,
                toolbox,
                REPORTS,
                catalogue,
                gate,
                features,
                seal,
                new FakeChanges(),
                Clock.systemUTC(),
                Runnable::run,
                Duration.ofSeconds(1));
    }
}
