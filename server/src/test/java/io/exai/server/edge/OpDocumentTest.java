package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples in {@code docs/op-protocol.md} are answered as they say, as far as the dialogue answers by itself. */
class OpDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "op-protocol.md");

    /** What a client sends and the first line it gets. */
    private record Example(String sent, JsonNode got) {}

    @Test
    void answersEachExampleWithTheFieldsThatAreWritten() throws Exception {
        OpClient client = OpClient.greeted();
        List<String> compared = new ArrayList<>();
        for (Example example : examples()) {
            client.says(example.sent());
            int answers = client.wire().sent().size();
            assertThat(client.told().size() + answers).as(example.sent()).isEqualTo(1);
            String op = example.got().path("op").asText();
            if (answers == 1 && !op.equals("hello_ack")) {
                compared.add(op);
                compare(client.answer(), example.got());
            }
            client.wire().sent().clear();
        }
        assertThat(compared)
                .containsExactly("list_tools_res", "health_res", "pong", "rotate_token_res", "call_tool_res", "error");
    }

    private static void compare(JsonNode answer, JsonNode example) {
        if (example.has("error")) {
            assertThat(answer).isEqualTo(example);
        } else if (answer.path("ok").asBoolean(true)) {
            assertThat(answer.fieldNames()).toIterable().containsExactlyElementsOf(example::fieldNames);
        } else {
            assertThat(answer.path("error").asText()).isEqualTo("not_configured");
        }
    }

    private static List<Example> examples() throws Exception {
        List<Example> examples = new ArrayList<>();
        Iterator<String> lines = Files.readAllLines(DOCUMENT).iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("> {")) {
                examples.add(new Example(
                        line.substring(2), WireJson.parse(lines.next().substring(2))));
            }
        }
        return examples;
    }
}
