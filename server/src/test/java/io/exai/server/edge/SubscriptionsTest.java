package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.change.Change;
import io.exai.server.session.ToClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the client of one connection hears of changes. */
class SubscriptionsTest {
    private static final String MODERN = "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"m\",\"version\":\"2\"}},"
            + "\"notifications\":{\"toolsListChanged\":true}}";

    @Test
    void tellsALegacyClientOfListsOnceItIsInitialized() {
        ScriptedClient client = ScriptedClient.fresh();
        client.dialogue().heard(new Change.Tools());
        client.initialize("1", "2025-11-25", "");
        client.dialogue().heard(new Change.Tools());
        assertThat(heard(client)).isEmpty();

        client.granted(false);
        client.dialogue().heard(new Change.Tools());

        assertThat(heard(client)).containsExactly("notifications/tools/list_changed");
    }

    @Test
    void tellsALegacyClientThatComesBackOfWhatItsSessionSubscribedTo() {
        ScriptedClient client = ScriptedClient.resuming();
        client.dialogue().heard(new ToClient.Attached(true, "2025-11-25", List.of("a:1")));

        client.dialogue().heard(new Change.Resource("a:1"));
        client.dialogue().heard(new Change.Resource("a:2"));

        assertThat(heard(client)).containsExactly("notifications/resources/updated");
    }

    @Test
    void followsTheSessionThatAnInitializeTurnsTo() {
        ScriptedClient client = ScriptedClient.initialized("2025-11-25");
        client.initialize("2", "2025-11-25", ",\"_meta\":{\"io.exai/sessionId\":\"" + SessionIds.next() + "\"}");
        client.dialogue().heard(new ToClient.Attached(true, "2025-11-25", List.of("a:1")));

        client.dialogue().heard(new Change.Resource("a:1"));

        assertThat(heard(client)).containsExactly("notifications/resources/updated");
    }

    @Test
    void tellsAModernClientUntilItCancels() {
        ScriptedClient client = ScriptedClient.fresh();
        client.requests("7", "subscriptions/listen", MODERN);
        assertThat(client.answer().path("method").asText()).isEqualTo("notifications/subscriptions/acknowledged");

        client.dialogue().heard(new Change.Tools());
        client.dialogue().heard(new Change.Prompts());
        client.says("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
        client.dialogue().heard(new Change.Tools());

        assertThat(heard(client)).containsExactly("notifications/tools/list_changed");
        assertThat(client.told()).isEmpty();
    }

    @Test
    void takesNoMoreThan64SubscriptionsOfAConnection() {
        ScriptedClient client = ScriptedClient.fresh();
        for (int i = 0; i < 64; i++) {
            client.requests(Integer.toString(i), "subscriptions/listen", MODERN);
        }
        client.wire().sent().clear();

        client.requests("64", "subscriptions/listen", MODERN);

        assertThat(client.errorCode()).isEqualTo(-32602);
    }

    @Test
    void endsEveryListeningRequestWhenTheDaemonStops() {
        ScriptedClient client = ScriptedClient.initialized("2025-11-25");
        client.requests("\"listen\"", "subscriptions/listen", MODERN);
        client.wire().sent().clear();

        client.dialogue().draining();

        JsonNode end = client.answer();
        assertThat(end.path("id").asText()).isEqualTo("listen");
        assertThat(end.has("result")).isTrue();
    }

    private static List<String> heard(ScriptedClient client) {
        return client.wire().sentIfIdle().stream()
                .map(message -> message.path("method").asText())
                .toList();
    }
}
