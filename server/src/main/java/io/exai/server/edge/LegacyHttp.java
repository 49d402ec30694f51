package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.EnvelopeReader;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Methods;
import io.exai.protocol.mcp.ModernHeaders;
import io.exai.protocol.mcp.Revision;
import io.exai.server.feature.Asker;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Streamable HTTP of the revisions with sessions, 2025-03-26 to 2025-11-25; 2024-11-05 is served alike. */
final class LegacyHttp {
    static final String SESSION = "Mcp-Session-Id";
    private static final String EVENTS = "text/event-stream";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_BATCH = 100;

    private final EdgeParts parts;
    private final Requests requests;
    private final Sayings sayings;
    private final Connections open;
    private final ActorSystem<?> system;

    LegacyHttp(EdgeParts parts, Connections open, ActorSystem<?> system) {
        this.parts = parts;
        this.requests = new Requests(parts);
        this.sayings = new Sayings(parts.messages());
        this.open = open;
        this.system = system;
    }

    /** A session that is there, and how its client speaks. */
    private record Place(String principal, String sessionId, Revision revision) {
        Asker asker() {
            return new Asker(revision, WireJson.object(), principal);
        }
    }

    /** One message. */
    CompletionStage<HttpResponse> post(HttpRequest request, String principal, Incoming incoming) {
        if (incoming instanceof Incoming.Request first && first.method().equals(Methods.INITIALIZE)) {
            return initialize(principal, first);
        }
        if (!StreamableHttp.accepts(request, "application/json") && !StreamableHttp.accepts(request, EVENTS)) {
            return done(HttpReply.error(406, "Accept: expected application/json and text/event-stream"));
        }
        RequestId id = incoming instanceof Incoming.Request asked ? asked.id() : null;
        return placed(request, principal, id, place -> serve(request, place, incoming));
    }

    /** Several messages at once, which only 2025-03-26 knows. */
    CompletionStage<HttpResponse> batch(HttpRequest request, String principal, JsonNode batch) {
        return placed(request, principal, null, place -> {
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
            batch.forEach(each -> all.add(
                    each instanceof ObjectNode object
                            ? EnvelopeReader.read(object)
                            : new Incoming.Malformed(
                                    null, RpcError.of(RpcError.INVALID_REQUEST, "Invalid request: no object"))));
            all.forEach(each -> tell(place, each));
            boolean silent = all.stream()
                    .allMatch(each -> each instanceof Incoming.Notification || each instanceof Incoming.Response);
            return silent ? done(HttpReply.empty(202)) : stream(request, place, all, true);
        });
    }

    private CompletionStage<HttpResponse> serve(HttpRequest request, Place place, Incoming incoming) {
        if (!(incoming instanceof Incoming.Request asked)) {
            tell(place, incoming);
            return done(HttpReply.empty(202));
        }
        if (!Methods.isKnown(place.revision(), asked.method())) {
            return error(200, asked.id(), unknown(asked.method()));
        }
        if (asked.method().equals(Methods.TOOLS_CALL) || asked.method().equals(Methods.TASKS_RESULT)) {
            return stream(request, place, List.of(asked), false);
        }
        return requests.answer(asked.method(), asked.params(), place.asker(), place.sessionId())
                .thenApplyAsync(
                        answer -> HttpReply.json(200, sayings.answer(asked.id(), place.revision(), answer)),
                        parts.executor());
    }

    /** What needs no answer. */
    private void tell(Place place, Incoming incoming) {
        if (incoming instanceof Incoming.Notification notification
                && notification.method().equals(Methods.CANCELLED)) {
            String reason = Shown.of(notification.params().path("reason").asText(""));
            RequestId.of(notification.params().path("requestId"))
                    .ifPresent(id -> parts.sessions()
                            .tell(
                                    place.sessionId(),
                                    new SessionCommand.CancelOnStream(place.principal(), id.json(), reason)));
        } else if (incoming instanceof Incoming.Response response) {
            parts.sessions()
                    .tell(
                            place.sessionId(),
                            new SessionCommand.Respond(
                                    place.principal(),
                                    response.id().json(),
                                    response.result() == null ? null : WireJson.write(response.result()),
                                    response.error() == null ? null : WireJson.write(response.error())));
        }
    }

    private CompletionStage<HttpResponse> initialize(String principal, Incoming.Request first) {
        JsonNode asked = first.params().path("protocolVersion");
        if (!asked.isTextual()) {
            return error(
                    400,
                    first.id(),
                    RpcError.of(
                            RpcError.INVALID_PARAMS,
                            "protocolVersion: missing (expected: a revision such as 2025-11-25)"));
        }
        Revision revision = Revision.negotiate(asked.textValue());
        JsonNode info = first.params().path("clientInfo");
        String client = Shown.of(
                (info.path("name").asText("") + " " + info.path("version").asText("")).strip());
        String sessionId = SessionIds.next();
        String capabilities =
                first.params().path("capabilities") instanceof ObjectNode object ? WireJson.write(object) : null;
        return parts.sessions()
                .ask(
                        sessionId,
                        ToClient.class,
                        PATIENCE,
                        replyTo ->
                                new SessionCommand.Open(principal, client, revision.wireName(), capabilities, replyTo))
                .handleAsync(
                        (opened, failure) -> failure != null
                                ? unavailable()
                                : opened instanceof ToClient.Attached
                                        ? HttpReply.json(
                                                        200,
                                                        parts.messages()
                                                                .initialized(
                                                                        first.id(),
                                                                        revision,
                                                                        sessionId,
                                                                        false,
                                                                        parts.features()
                                                                                .capabilities(revision)))
                                                .addHeader(RawHeader.create(SESSION, sessionId))
                                        : HttpReply.json(
                                                429,
                                                sayings.error(
                                                        first.id(),
                                                        RpcError.of(
                                                                RpcError.SESSION_NOT_FOUND,
                                                                "Too many sessions (expected: end one of yours)"))),
                        parts.executor());
    }

    /** The stream on which the answers to these come. */
    private CompletionStage<HttpResponse> stream(
            HttpRequest request, Place place, List<Incoming> incoming, boolean batch) {
        boolean events = StreamableHttp.accepts(request, EVENTS);
        String stream = SessionIds.next().substring(0, 16);
        boolean primed = place.revision() == Revision.R2025_11_25;
        var form = new SessionFeed.Form(events ? new EventIds(stream, 0) : null, events, batch, primed);
        var feed = new EventStream(
                () -> new SessionFeed(
                        sayings,
                        parts.sessions(),
                        form,
                        (sink, self) -> begin(place, stream, incoming, sink, self),
                        () -> {}),
                open,
                events ? parts.http().pingInterval() : null);
        if (events) {
            return done(HttpReply.events(feed));
        }
        return Source.<ByteString, NotUsed>fromGraph(feed)
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system)
                .thenApplyAsync(body -> HttpReply.json(200, body.toArrayUnsafe()), parts.executor());
    }

    private void begin(
            Place place,
            String stream,
            List<Incoming> incoming,
            SessionFeed feed,
            org.apache.pekko.actor.typed.ActorRef<ToClient> self) {
        for (Incoming each : incoming) {
            if (each instanceof Incoming.Malformed malformed) {
                feed.say(sayings.error(malformed.id(), malformed.error()), true);
            } else if (each instanceof Incoming.Request asked) {
                begin(place, stream, asked, feed, self);
            }
        }
    }

    private void begin(
            Place place,
            String stream,
            Incoming.Request asked,
            SessionFeed feed,
            org.apache.pekko.actor.typed.ActorRef<ToClient> self) {
        if (!Methods.isKnown(place.revision(), asked.method()) || asked.method().equals(Methods.INITIALIZE)) {
            feed.say(sayings.error(asked.id(), unknown(asked.method())), true);
        } else if (!asked.method().equals(Methods.TOOLS_CALL)) {
            String internal = "late " + asked.id().json();
            feed.expect(internal, asked.id());
            requests.answer(asked.method(), asked.params(), place.asker(), place.sessionId())
                    .thenAcceptAsync(
                            answer -> org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(self)
                                    .tell(
                                            new Feed.Late(
                                                    internal, sayings.answer(asked.id(), place.revision(), answer)),
                                            org.apache.pekko.actor.ActorRef.noSender()),
                            parts.executor());
        } else {
            call(place, stream, asked, feed, self);
        }
    }

    private void call(
            Place place,
            String stream,
            Incoming.Request asked,
            SessionFeed feed,
            org.apache.pekko.actor.typed.ActorRef<ToClient> self) {
        CallRequest call = CallRequest.of(asked.params(), place.asker(), parts);
        if (call instanceof CallRequest.Refused refused) {
            feed.say(sayings.error(asked.id(), refused.error()), true);
        } else if (call instanceof CallRequest.Wrong wrong) {
            feed.say(parts.messages().called(asked.id(), place.revision(), wrong.answer(), 1, false), true);
        } else if (call instanceof CallRequest.Accepted accepted) {
            feed.ask(
                    place.sessionId(),
                    asked.id().json(),
                    asked.id(),
                    new SessionCommand.CallOnStream(
                            place.principal(),
                            stream,
                            false,
                            accepted.request(
                                    asked.id().json(),
                                    place.revision(),
                                    place.sessionId(),
                                    parts.clock().instant()),
                            self));
        }
    }

    /** GET: listens for changes, or comes back to a stream that was cut. */
    CompletionStage<HttpResponse> listen(HttpRequest request, String principal) {
        if (!StreamableHttp.accepts(request, EVENTS)) {
            return done(HttpReply.error(406, "Accept: expected text/event-stream"));
        }
        String last = StreamableHttp.header(request, "Last-Event-ID");
        Optional<EventIds.Position> position = last == null ? Optional.empty() : EventIds.parse(last);
        if (last != null && position.isEmpty()) {
            return done(HttpReply.error(400, "Last-Event-ID: " + Shown.of(last) + " (expected: an id of this server)"));
        }
        return check(
                request,
                principal,
                (sessionId, known) -> position.filter(at -> !at.stream().equals(LISTENING))
                        .map(at -> done(HttpReply.events(resumed(principal, sessionId, at))))
                        .orElseGet(
                                () -> done(HttpReply.events(listening(principal, sessionId, known.subscriptions())))));
    }

    private static final String LISTENING = "listen";

    private EventStream resumed(String principal, String sessionId, EventIds.Position at) {
        var form = new SessionFeed.Form(new EventIds(at.stream(), at.sequence()), true, false, true);
        return new EventStream(
                () -> new SessionFeed(
                        sayings,
                        parts.sessions(),
                        form,
                        (feed, self) -> {
                            feed.expect("end", new RequestId("\"end\""));
                            parts.sessions()
                                    .tell(
                                            sessionId,
                                            new SessionCommand.Resume(principal, at.stream(), at.sequence(), self));
                        },
                        () -> {}),
                open,
                parts.http().pingInterval());
    }

    private EventStream listening(String principal, String sessionId, List<String> subscriptions) {
        return new EventStream(
                () -> new NoticeFeed(
                        Notices.legacy(principal, sessionId, subscriptions),
                        parts.changes(),
                        sayings,
                        new EventIds(LISTENING, 0),
                        null,
                        null,
                        keepAlive(principal, sessionId)),
                open,
                parts.http().pingInterval());
    }

    /** Tells the session that its client listens, as often as a WebSocket does. */
    private Runnable keepAlive(String principal, String sessionId) {
        long interval = parts.touchInterval().toNanos();
        long[] last = {System.nanoTime()};
        return () -> {
            if (System.nanoTime() - last[0] >= interval) {
                last[0] = System.nanoTime();
                parts.sessions()
                        .ask(sessionId, Known.class, PATIENCE, replyTo -> new SessionCommand.Check(principal, replyTo));
            }
        };
    }

    /** DELETE: ends the session. */
    CompletionStage<HttpResponse> end(HttpRequest request, String principal) {
        return check(
                request,
                principal,
                (sessionId, known) -> parts.sessions()
                        .ask(sessionId, Known.class, PATIENCE, replyTo -> new SessionCommand.End(principal, replyTo))
                        .handleAsync(
                                (ended, failure) -> failure == null ? HttpReply.empty(204) : unavailable(),
                                parts.executor()));
    }

    /** Goes on with a session that is there. */
    private interface WithSession {
        CompletionStage<HttpResponse> go(String sessionId, Known known);
    }

    private CompletionStage<HttpResponse> check(HttpRequest request, String principal, WithSession next) {
        String sessionId = StreamableHttp.header(request, SESSION);
        if (sessionId == null) {
            return error(
                    400,
                    null,
                    RpcError.of(
                            RpcError.INVALID_REQUEST, SESSION + ": missing (expected: the id that initialize gave)"));
        }
        if (!SessionIds.isWellFormed(sessionId)) {
            return error(404, null, Sayings.NOT_FOUND);
        }
        return parts.sessions()
                .ask(sessionId, Known.class, PATIENCE, replyTo -> new SessionCommand.Check(principal, replyTo))
                .handleAsync(
                        (known, failure) -> failure != null
                                ? done(unavailable())
                                : known.known() ? next.go(sessionId, known) : error(404, null, Sayings.NOT_FOUND),
                        parts.executor())
                .thenCompose(response -> response);
    }

    /** Goes on with a session that is there and a revision that is served. */
    private interface WithPlace {
        CompletionStage<HttpResponse> go(Place place);
    }

    private CompletionStage<HttpResponse> placed(
            HttpRequest request, String principal, @org.jspecify.annotations.Nullable RequestId id, WithPlace next) {
        String version = StreamableHttp.header(request, ModernHeaders.PROTOCOL_VERSION);
        Optional<Revision> named = version == null
                ? Optional.empty()
                : Revision.of(version).filter(revision -> revision.era() == Era.LEGACY);
        if (version != null && named.isEmpty()) {
            return error(
                    400,
                    id,
                    RpcError.of(
                            RpcError.INVALID_REQUEST,
                            ModernHeaders.PROTOCOL_VERSION + ": " + Shown.of(version) + " (expected: one of "
                                    + Revision.names(Era.LEGACY) + ")"));
        }
        return check(
                request,
                principal,
                (sessionId, known) -> next.go(new Place(
                        principal,
                        sessionId,
                        named.orElseGet(() -> Sayings.revision(Objects.requireNonNullElse(known.revision(), ""))))));
    }

    private CompletionStage<HttpResponse> error(
            int status, @org.jspecify.annotations.Nullable RequestId id, RpcError error) {
        return done(HttpReply.json(status, sayings.error(id, error)));
    }

    private static RpcError unknown(String method) {
        return RpcError.of(RpcError.METHOD_NOT_FOUND, "Method not found: " + method);
    }

    private static HttpResponse unavailable() {
        return HttpReply.error(503, "the session does not answer; try again soon")
                .addHeader(RawHeader.create("Retry-After", "1"));
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
