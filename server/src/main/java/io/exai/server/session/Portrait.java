package io.exai.server.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.session.FinishedCall;
import io.exai.persistence.session.OpenSession;
import io.exai.protocol.json.WireJson;
import io.exai.server.change.TaskView;
import java.util.List;
import java.util.Locale;

/** What a session is doing, as its owner may read it. */
final class Portrait {
    private Portrait() {}

    static ObjectNode of(OpenSession open, List<TaskView> tasks) {
        ObjectNode json = WireJson.object()
                .put("openedAt", open.openedAt().toString())
                .put("lastActive", open.lastActive().toString())
                .put("client", open.client())
                .put("revision", open.revision())
                .put("attached", open.attached())
                .put("acknowledged", open.acknowledged());
        ArrayNode running = json.putArray("running");
        open.running()
                .values()
                .forEach(call -> running.addObject()
                        .put("id", call.requestId())
                        .put("tool", call.tool())
                        .put("attempt", call.attempt())
                        .put("acceptedAt", call.acceptedAt().toString()));
        ArrayNode ended = json.putArray("ended");
        open.finished().forEach(call -> ended.add(ended(call)));
        ArrayNode taskList = json.putArray("tasks");
        tasks.forEach(task -> taskList.addObject().put("id", task.taskId()).put("status", task.status()));
        open.subscriptions().forEach(json.putArray("subscriptions")::add);
        return json;
    }

    private static ObjectNode ended(FinishedCall call) {
        ObjectNode json = WireJson.object()
                .put("id", call.requestId())
                .put("outcome", call.outcome().name().toLowerCase(Locale.ROOT))
                .put("attempt", call.attempt())
                .put("sequence", call.sequence())
                .put("at", call.at().toString());
        if (call.failure() != null) {
            json.put("code", call.failure().code());
        }
        return json;
    }
}
