package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Revision;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.server.feature.Answer;
import io.exai.server.session.ToClient;
import org.jspecify.annotations.Nullable;

/** What sessions say, in the words of the client's revision. */
record Sayings(ServerMessages messages) {
    static final RpcError NOT_FOUND =
            RpcError.of(RpcError.SESSION_NOT_FOUND, "Session not found (expected: initialize without a session id)");

    static RpcError unknown(String method) {
        return RpcError.of(RpcError.METHOD_NOT_FOUND, "Method not found: " + method);
    }

    byte[] answered(RequestId id, ToClient.Answered answer) {
        try {
            JsonNode body = WireJson.parse(answer.answer());
            if (answer.rejected()) {
                return messages.error(id, RpcError.read(body));
            }
            return messages.called(
                    id, revision(answer.revision()), (ObjectNode) body, answer.attempts(), answer.redelivered());
        } catch (MalformedJson broken) {
            return messages.error(id, RpcError.of(RpcError.INTERNAL_ERROR, "the answer cannot be read back"));
        }
    }

    byte[] started(RequestId id, ToClient.TaskStarted started) {
        Revision revision = revision(started.revision());
        ObjectNode result = revision.era() == Era.MODERN
                ? TaskJson.created(started.task()).put("resultType", "task")
                : WireJson.object().set("task", TaskJson.legacy(started.task()));
        return messages.result(id, revision, result);
    }

    byte[] progress(ToClient.Progressed progress) {
        return messages.progress(
                progress.progressToken(),
                progress.progress(),
                progress.total(),
                progress.message(),
                revision(progress.revision()));
    }

    byte[] logged(ToClient.Logged logged) {
        return messages.logged(
                logged.level(), logged.logger(), TaskJson.parse(logged.data()), revision(logged.revision()));
    }

    byte[] asked(ToClient.Asked asked) {
        return messages.request(asked.id(), asked.method(), (ObjectNode) TaskJson.parse(asked.params()));
    }

    byte[] notice(Notices.Notice notice) {
        return messages.notification(notice.method(), notice.params());
    }

    byte[] error(@Nullable RequestId id, RpcError error) {
        return messages.error(id, error);
    }

    byte[] answer(RequestId id, Revision revision, Answer answer) {
        return answer instanceof Answer.Result result
                ? messages.result(id, revision, result.body())
                : messages.error(id, ((Answer.Refused) answer).error());
    }

    static Revision revision(String wireName) {
        return Revision.of(wireName).orElse(Revision.R2025_11_25);
    }
}
