package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.jsonrpc.EnvelopeReader;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Methods;
import io.exai.protocol.mcp.Revision;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.ToClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * POST and DELETE of the revisions with sessions, 2025-03-26 to 2025-11-25; 2024-11-05 is served alike. GET is in
 * {@link LegacyListening}.
 */
final class LegacyHttp {
    private static final int LARGEST_BATCH = 100;

    private static final RpcError TOO_MANY =
            RpcError.of(RpcError.SESSION_NOT_FOUND, "Too many sessions (expected: end one of yours)");

    private final EdgeParts parts;
    private final Requests requests;
    private final Sayings sayings;
    private final SessionLookup sessions;
    private final LegacyAnswers answers;

    LegacyHttp(EdgeParts parts, FeedReply replies) {
        this.parts = parts;
        this.requests = new Requests(parts);
        this.sayings = new Sayings(parts.messages());
        this.sessions = new SessionLookup(parts);
        this.answers = new LegacyAnswers(parts, requests, replies);
    }

    /** One message. */
    CompletionStage<HttpResponse> post(HttpRequest request, String principal, Incoming incoming) {
        if (incoming instanceof Incoming.Request first && first.method().equals(Methods.INITIALIZE)) {
            return initialize(principal, first);
        }
        if (!RequestHeaders.accepts(request, "application/json") && !RequestHeaders.acceptsEvents(request)) {
            return HttpReply.now(HttpReply.error(406, "Accept: expected application/json and text/event-stream"));
        }
        RequestId id = incoming instanceof Incoming.Request asked ? asked.id() : null;
        return sessions.find(request, principal, id, place -> serve(request, place, incoming));
    }

    /** Several messages at once, which only 2025-03-26 knows. */
    CompletionStage<HttpResponse> batch(HttpRequest request, String principal, JsonNode batch) {
        return sessions.find(request, principal, null, place -> {
            if (place.revision() != Revision.R2025_03_26 || batch.isEmpty() || batch.size() > LARGEST_BATCH) {
                return error(
                        400,
                        null,
                        RpcError.of(
                                RpcError.INVALID_REQUEST,
                                "Invalid request: a batch of " + batch.size() + " (expected: one JSON object; "
                                        + "1 to " + LARGEST_BATCH + " in revision 2025-03-26)"));
            }
            List<Incoming> all = new ArrayList<>();
            batch.forEach(each -> all.add(read(each)));
            all.forEach(each -> tell(place, each));
            boolean silent = all.stream()
                    .allMatch(each -> each instanceof Incoming.Notification || each instanceof Incoming.Response);
            return silent ? HttpReply.now(HttpReply.empty(202)) : answers.toBatch(request, place, all);
        });
    }

    private static Incoming read(JsonNode message) {
        return message instanceof ObjectNode object
                ? EnvelopeReader.read(object)
                : new Incoming.Malformed(null, RpcError.of(RpcError.INVALID_REQUEST, "Invalid request: no object"));
    }

    private CompletionStage<HttpResponse> serve(HttpRequest request, Place place, Incoming incoming) {
        if (!(incoming instanceof Incoming.Request asked)) {
            tell(place, incoming);
            return HttpReply.now(HttpReply.empty(202));
        }
        if (!Methods.isKnown(place.revision(), asked.method())) {
            return error(200, asked.id(), Sayings.unknown(asked.method()));
        }
        if (asked.method().equals(Methods.TOOLS_CALL) || asked.method().equals(Methods.TASKS_RESULT)) {
            return answers.to(request, place, asked);
        }
        return requests.answer(asked.method(), asked.params(), place.asker(), place.sessionId())
                .thenApplyAsync(
                        answer -> HttpReply.json(200, sayings.answer(asked.id(), place.revision(), answer)),
                        parts.executor());
    }

    /** What needs no answer. */
    private void tell(Place place, Incoming incoming) {
        if (incoming instanceof Incoming.Notification notification) {
            Cancellation.of(notification)
                    .ifPresent(cancelled -> parts.sessions()
                            .tell(
                                    place.sessionId(),
                                    new SessionCommand.CancelOnStream(
                                            place.principal(),
                                            cancelled.request().json(),
                                            cancelled.reason())));
        } else if (incoming instanceof Incoming.Response response) {
            parts.sessions().tell(place.sessionId(), ClientAnswer.of(place.principal(), response));
        }
    }

    private CompletionStage<HttpResponse> initialize(String principal, Incoming.Request first) {
        Optional<Handshake> handshake = Handshake.of(first.params());
        return handshake.isPresent()
                ? open(principal, first.id(), handshake.get())
                : error(400, first.id(), Handshake.NO_REVISION);
    }

    private CompletionStage<HttpResponse> open(String principal, RequestId id, Handshake by) {
        String sessionId = SessionIds.next(parts.sessions()::isNear);
        return parts.sessions()
                .ask(
                        sessionId,
                        ToClient.class,
                        SessionGate.PATIENCE,
                        replyTo -> new SessionCommand.Open(
                                principal, by.client(), by.revision().wireName(), by.capabilities(), replyTo))
                .handleAsync(
                        (opened, failure) -> {
                            if (failure != null) {
                                return HttpReply.sessionSilent();
                            }
                            return opened instanceof ToClient.Attached
                                    ? welcome(id, by.revision(), sessionId)
                                    : HttpReply.json(429, sayings.error(id, TOO_MANY));
                        },
                        parts.executor());
    }

    private HttpResponse welcome(RequestId id, Revision revision, String sessionId) {
        byte[] message = parts.messages()
                .initialized(id, revision, sessionId, false, parts.features().capabilities(revision));
        return HttpReply.json(200, message).addHeader(RawHeader.create(RequestHeaders.SESSION, sessionId));
    }

    /** DELETE: ends the session. */
    CompletionStage<HttpResponse> end(HttpRequest request, String principal) {
        return sessions.find(
                request,
                principal,
                place -> parts.sessions()
                        .ask(
                                place.sessionId(),
                                Known.class,
                                SessionGate.PATIENCE,
                                replyTo -> new SessionCommand.End(principal, replyTo))
                        .handleAsync(
                                (ended, failure) -> failure == null ? HttpReply.empty(204) : HttpReply.sessionSilent(),
                                parts.executor()));
    }

    private CompletionStage<HttpResponse> error(int status, @Nullable RequestId id, RpcError error) {
        return HttpReply.now(HttpReply.json(status, sayings.error(id, error)));
    }
}
