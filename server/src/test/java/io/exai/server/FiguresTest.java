package io.exai.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.server.edge.Connections;
import io.exai.server.metric.Meter;
import io.exai.server.session.CallCounters;
import io.exai.server.setting.Settings;
import io.exai.server.tool.AnswerCheck;
import io.exai.server.tool.Kits;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Run;
import io.exai.server.tool.Tool;
import io.exai.server.tool.Toolbox;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the report tools tell. */
class FiguresTest {
    @Test
    void fitTheOutputSchemasOfTheirTools() {
        Settings settings = Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));
        Reports reports = Figures.reports(
                settings,
                Kits.models(settings.providers(), Map.of(), Meter.none()),
                new Connections(),
                new CallCounters(Meter.none()));
        Toolbox toolbox = Toolbox.load("", settings.deadline());
        for (String name : new String[] {"version", "status", "listmodels"}) {
            Tool tool = toolbox.find(name).orElseThrow();
            assertThat(tool.answerSchema()).as(name).isNotNull();
            assertThat(AnswerCheck.problem(tool, reports.answer(tool, ((Run.Report) tool.run()).source())))
                    .as(name)
                    .isEmpty();
        }
    }
}
