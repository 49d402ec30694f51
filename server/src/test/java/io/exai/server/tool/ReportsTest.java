package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers out of figures. */
class ReportsTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final Reports reports = new Reports(Map.of("status", this::figures));

    @Test
    void answersWithTheFilledTemplateAndTheFigures() {
        ObjectNode answer = reports.answer(tool("calls: {{calls}}, models: {{models}}, none: [{{none}}]\n"), "status");
        assertThat(answer.path("content").toString())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"calls: 1, models: [\\\"a\\\"], none: []\"}]");
        assertThat(answer.path("structuredContent").toString()).isEqualTo("{\"calls\":1,\"models\":[\"a\"]}");
    }

    @Test
    void takesFreshFiguresAtEachCall() {
        reports.answer(tool("{{calls}}"), "status");
        assertThat(reports.answer(tool("{{calls}}"), "status")
                        .path("structuredContent")
                        .path("calls")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void namesASourceThatIsNotThere() {
        assertThatThrownBy(() -> reports.answer(tool(""), "weather"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine.json: source: weather (expected: one of [status])");
    }

    private ObjectNode figures() {
        ObjectNode figures = WireJson.object().put("calls", calls.incrementAndGet());
        figures.putArray("models").add("a");
        return figures;
    }

    private static Tool tool(String text) {
        return ToolFile.read("mine.json", WireJson.write(Definitions.valid()), text, Definitions.DEADLINES);
    }
}
