package io.exai.server.edge;

import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.ModernHeaders;
import io.exai.protocol.mcp.Revision;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.SessionCommand.Known;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Finds the session that a request of a legacy client names, and says why when there is none. */
final class SessionLookup {
    private final EdgeParts parts;
    private final Sayings sayings;

    /** Goes on with a session that is there. */
    interface Next {
        CompletionStage<HttpResponse> go(Place place);
    }

    SessionLookup(EdgeParts parts) {
        this.parts = parts;
        this.sayings = new Sayings(parts.messages());
    }

    /** The place speaks the revision that the client named last. */
    CompletionStage<HttpResponse> find(HttpRequest request, String principal, Next next) {
        String sessionId = RequestHeaders.value(request, RequestHeaders.SESSION);
        if (sessionId == null) {
            return refused(
                    400,
                    null,
                    RpcError.of(
                            RpcError.INVALID_REQUEST,
                            RequestHeaders.SESSION + ": missing (expected: the id that initialize gave)"));
        }
        if (!SessionIds.isWellFormed(sessionId)) {
            return refused(404, null, Sayings.NOT_FOUND);
        }
        return parts.sessions()
                .ask(
                        sessionId,
                        Known.class,
                        SessionGate.PATIENCE,
                        replyTo -> new SessionCommand.Check(principal, replyTo))
                .handleAsync(
                        (known, failure) -> {
                            if (failure != null) {
                                return HttpReply.now(HttpReply.sessionSilent());
                            }
                            return known.known()
                                    ? next.go(place(principal, sessionId, known))
                                    : refused(404, null, Sayings.NOT_FOUND);
                        },
                        parts.executor())
                .thenCompose(response -> response);
    }

    /** The place speaks the revision that the request names; {@code id} is that of the message in it. */
    CompletionStage<HttpResponse> find(HttpRequest request, String principal, @Nullable RequestId id, Next next) {
        String version = RequestHeaders.value(request, ModernHeaders.PROTOCOL_VERSION);
        if (version == null) {
            return find(request, principal, next);
        }
        Optional<Revision> named = Revision.of(version).filter(revision -> revision.era() == Era.LEGACY);
        return named.isPresent()
                ? find(request, principal, place -> next.go(place.in(named.get())))
                : refused(
                        400,
                        id,
                        RpcError.of(
                                RpcError.INVALID_REQUEST,
                                ModernHeaders.PROTOCOL_VERSION + ": " + Shown.of(version) + " (expected: one of "
                                        + Revision.names(Era.LEGACY) + ")"));
    }

    private static Place place(String principal, String sessionId, Known known) {
        Revision revision = Sayings.revision(Objects.requireNonNullElse(known.revision(), ""));
        return new Place(principal, sessionId, revision, known.subscriptions());
    }

    private CompletionStage<HttpResponse> refused(int status, @Nullable RequestId id, RpcError error) {
        return HttpReply.now(HttpReply.json(status, sayings.error(id, error)));
    }
}
