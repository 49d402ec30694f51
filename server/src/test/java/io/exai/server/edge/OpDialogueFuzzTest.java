package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random operations with random fields are all answered, or handed to the session, and never end the connection. */
class OpDialogueFuzzTest {
    private static final int MESSAGES = 20_000;
    private static final List<String> OPS =
            List.of("hello", "call_tool", "list_tools", "health", "ping", "cancel", "rotate_token", "error", "", "x");
    private static final List<String> FIELDS =
            List.of("request_id", "name", "arguments", "token", "session_id", "old", "new", "op2");
    private static final List<String> VALUES = List.of(
            "null", "true", "7", "-1.5e9", "''", "'a'", "'chat'", "'version'", "[]", "{}", "{'prompt':'x'}", "[[1]]");

    private final Random random = new Random(20261120);

    @Test
    void answersWhateverComes() {
        OpClient client = OpClient.greeted();
        for (int count = 0; count < MESSAGES; count++) {
            String message = message();
            client.says(message);
            int told = client.told().size();
            assertThat(told + client.wire().sent().size()).as(message).isEqualTo(1);
            client.wire().sent().forEach(this::isWhole);
            client.wire().sent().clear();
        }
        assertThat(client.wire().closings()).isEmpty();
    }

    private void isWhole(JsonNode answer) {
        assertThat(answer.path("op").isTextual()).isTrue();
        if (answer.path("error").isObject()) {
            assertThat(answer.has("request_id")).as(answer.toString()).isTrue();
            assertThat(answer.path("error").path("code").isTextual()).isTrue();
            assertThat(answer.path("error").path("message").isTextual()).isTrue();
        }
    }

    private String message() {
        StringBuilder message = new StringBuilder("{'op':'").append(pick(OPS)).append('\'');
        FIELDS.forEach(field -> {
            if (random.nextInt(3) == 0) {
                message.append(",'").append(field).append("':").append(pick(VALUES));
            }
        });
        return message.append(random.nextInt(50) == 0 ? "" : "}").toString();
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
