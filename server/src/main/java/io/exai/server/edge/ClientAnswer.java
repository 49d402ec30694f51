package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.server.session.SessionCommand;
import org.jspecify.annotations.Nullable;

/** What a client answers to a request of ours, as its session wants it. */
final class ClientAnswer {
    private ClientAnswer() {}

    static SessionCommand of(String principal, Incoming.Response response) {
        return new SessionCommand.Respond(
                principal, response.id().json(), text(response.result()), text(response.error()));
    }

    private static @Nullable String text(@Nullable JsonNode part) {
        return part == null ? null : WireJson.write(part);
    }
}
