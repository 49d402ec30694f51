package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.server.change.Change;
import io.exai.server.change.TaskView;
import io.exai.server.session.SessionKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who hears of what: legacy clients of all lists, modern ones of exactly what they ask for. */
class NoticesTest {
    private static final String SESSION = SessionIds.next();
    private static final RequestId LISTEN = new RequestId("\"listen 1\"");

    @Test
    void tellsALegacyClientOfAllListsAndItsResources() {
        Notices notices = Notices.legacy("alice", SESSION, List.of("a:1"));

        assertThat(method(notices, new Change.Tools())).isEqualTo("notifications/tools/list_changed");
        assertThat(method(notices, new Change.Prompts())).isEqualTo("notifications/prompts/list_changed");
        assertThat(method(notices, new Change.Resources())).isEqualTo("notifications/resources/list_changed");
        assertThat(method(notices, new Change.Resource("a:1"))).isEqualTo("notifications/resources/updated");
        assertThat(method(notices, new Change.Resource("a:2"))).isEqualTo("-");
        assertThat(method(notices, new Change.Task("alice", task("t")))).isEqualTo("-");
        assertThat(notices.of(new Change.Tools()).orElseThrow().params().isEmpty())
                .isTrue();
    }

    @Test
    void tellsALegacyClientOfTheTasksOfItsSession() {
        Notices notices = Notices.legacy("alice", SESSION, List.of());
        String own = TaskIds.next(SESSION);

        Notices.Notice notice = notices.of(new Change.Task("alice", task(own))).orElseThrow();
        assertThat(notice.method()).isEqualTo("notifications/tasks/status");
        assertThat(notice.params().path("taskId").asText()).isEqualTo(own);
        assertThat(notice.params().has("ttl")).isTrue();
        assertThat(method(notices, new Change.Task("mallory", task(own)))).isEqualTo("-");
        assertThat(method(notices, new Change.Task("alice", task(TaskIds.next(SessionIds.next())))))
                .isEqualTo("-");
    }

    @Test
    void followsTheSubscriptionsOfItsOwnSession() {
        Notices notices = Notices.legacy("alice", SESSION, List.of());
        assertThat(method(notices, new Change.Subscription(SessionKey.of(SESSION), "a:1", true)))
                .isEqualTo("-");
        assertThat(method(notices, new Change.Subscription("another", "a:2", true)))
                .isEqualTo("-");

        assertThat(method(notices, new Change.Resource("a:1"))).isEqualTo("notifications/resources/updated");
        assertThat(method(notices, new Change.Resource("a:2"))).isEqualTo("-");
        notices.of(new Change.Subscription(SessionKey.of(SESSION), "a:1", false));
        assertThat(method(notices, new Change.Resource("a:1"))).isEqualTo("-");
    }

    @Test
    void honoursWhatAModernClientAsksForAndNothingElse() {
        Notices notices = modern(
                "{\"toolsListChanged\":true,\"promptsListChanged\":false,\"resourceSubscriptions\":[\"a:1\"],"
                        + "\"taskIds\":[\"t\"],\"nonsense\":true}",
                true);

        assertThat(WireJson.write(notices.acknowledged().params()))
                .isEqualTo("{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"listen 1\"},\"notifications\":"
                        + "{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a:1\"],\"taskIds\":[\"t\"]}}");
        assertThat(method(notices, new Change.Tools())).isEqualTo("notifications/tools/list_changed");
        assertThat(method(notices, new Change.Prompts())).isEqualTo("-");
        assertThat(method(notices, new Change.Resources())).isEqualTo("-");
        assertThat(method(notices, new Change.Resource("a:1"))).isEqualTo("notifications/resources/updated");
        assertThat(method(notices, new Change.Task("alice", task("t")))).isEqualTo("notifications/tasks");
    }

    @Test
    void marksEverythingWithTheSubscription() {
        Notices notices =
                modern("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a:1\"],\"taskIds\":[\"t\"]}", true);

        for (Change change :
                List.of(new Change.Tools(), new Change.Resource("a:1"), new Change.Task("alice", task("t")))) {
            assertThat(subscription(notices.of(change).orElseThrow().params())).isEqualTo("listen 1");
        }
        assertThat(subscription(notices.ended())).isEqualTo("listen 1");
    }

    @Test
    void tellsOfTasksOnlyTheirOwnerAndWhoKnowsTasks() {
        Notices owner = modern("{\"taskIds\":[\"t\"]}", true);
        assertThat(method(owner, new Change.Task("mallory", task("t")))).isEqualTo("-");
        assertThat(method(owner, new Change.Task("alice", task("other")))).isEqualTo("-");

        assertThat(method(modern("{\"taskIds\":[\"t\"]}", false), new Change.Task("alice", task("t"))))
                .isEqualTo("-");
    }

    @Test
    void hearsNothingWhenTheFilterIsOfTheWrongTypes() {
        Notices notices =
                modern("{\"toolsListChanged\":\"yes\",\"resourceSubscriptions\":\"a:1\",\"taskIds\":{\"t\":1}}", true);

        assertThat(method(notices, new Change.Tools())).isEqualTo("-");
        assertThat(method(notices, new Change.Resource("a:1"))).isEqualTo("-");
    }

    private static Notices modern(String filter, boolean knowsTasks) {
        try {
            return Notices.modern("alice", LISTEN, WireJson.parse(filter), knowsTasks);
        } catch (MalformedJson mistake) {
            throw new AssertionError(mistake);
        }
    }

    private static String method(Notices notices, Change change) {
        return notices.of(change).map(Notices.Notice::method).orElse("-");
    }

    private static String subscription(JsonNode params) {
        return params.path("_meta")
                .path("io.modelcontextprotocol/subscriptionId")
                .asText();
    }

    private static TaskView task(String id) {
        String now = "2026-01-01T00:00:00Z";
        return new TaskView(id, "completed", null, now, now, 1_000, null, "{}", null);
    }
}
