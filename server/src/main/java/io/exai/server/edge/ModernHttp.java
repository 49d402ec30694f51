package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Dialect;
import io.exai.protocol.mcp.EraClassifier;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Methods;
import io.exai.protocol.mcp.ModernHeaders;
import io.exai.server.feature.Asker;
import io.exai.server.session.Fingerprint;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP of 2026-07-28: every request by itself. Its calls live all the same in sessions, which no client can
 * name: a few for each principal.
 */
final class ModernHttp {
    /** Sessions over which the calls of one principal are spread. */
    private static final int SLOTS = 32;

    /** How often the stream of a call that ends with its stream is written to. */
    private static final Duration WATCH = Duration.ofSeconds(2);

    private final EdgeParts parts;
    private final Requests requests;
    private final Sayings sayings;
    private final FeedReply replies;

    ModernHttp(EdgeParts parts, FeedReply replies) {
        this.parts = parts;
        this.requests = new Requests(parts);
        this.sayings = new Sayings(parts.messages());
        this.replies = replies;
    }

    CompletionStage<HttpResponse> post(HttpRequest request, String principal, Incoming incoming) {
        if (incoming instanceof Incoming.Notification) {
            return HttpReply.now(HttpReply.empty(202));
        } else if (!(incoming instanceof Incoming.Request asked)) {
            return refused(
                    null, RpcError.of(RpcError.INVALID_REQUEST, "a response (expected: a request or a notification)"));
        } else {
            return post(request, principal, asked);
        }
    }

    private CompletionStage<HttpResponse> post(HttpRequest request, String principal, Incoming.Request asked) {
        JsonNode meta = asked.params().path(Meta.FIELD);
        Optional<RpcError> missing = EraClassifier.missing(meta);
        ModernHeaders headers =
                new ModernHeaders(name -> request.getHeader(name).map(HttpHeader::value));
        Optional<RpcError> wrong = missing.or(() -> headers.problem(asked.method(), asked.params()));
        if (wrong.isPresent()) {
            return refused(asked.id(), wrong.get());
        }
        Dialect dialect = EraClassifier.classify(asked.method(), asked.params(), null);
        if (dialect instanceof Dialect.Rejected rejected) {
            return refused(asked.id(), rejected.error());
        } else if (!(dialect instanceof Dialect.Modern modern)) {
            return refused(asked.id(), Sayings.unknown(asked.method()));
        } else {
            Asker asker = new Asker(modern.revision(), modern.clientCapabilities(), principal);
            return serve(request, asked, asker, headers);
        }
    }

    private CompletionStage<HttpResponse> serve(
            HttpRequest request, Incoming.Request asked, Asker asker, ModernHeaders headers) {
        if (asked.method().equals(Methods.TOOLS_CALL)) {
            return call(request, asked, asker, headers);
        } else if (asked.method().equals(Methods.SUBSCRIPTIONS_LISTEN)) {
            return listen(request, asked, asker);
        }
        return requests.answer(asked.method(), asked.params(), asker, "")
                .thenApplyAsync(
                        answer -> HttpReply.json(
                                HttpReply.modernStatus(answer), sayings.answer(asked.id(), asker.revision(), answer)),
                        parts.executor());
    }

    private CompletionStage<HttpResponse> listen(HttpRequest request, Incoming.Request asked, Asker asker) {
        JsonNode wanted = asked.params().path("notifications");
        if (!wanted.isObject()) {
            return refused(
                    asked.id(),
                    RpcError.of(
                            RpcError.INVALID_PARAMS, "notifications: " + Shown.of(wanted) + " (expected: an object)"));
        }
        if (!RequestHeaders.acceptsEvents(request)) {
            return HttpReply.now(HttpReply.error(406, "Accept: expected text/event-stream"));
        }
        Notices notices =
                Notices.modern(asker.principal(), asked.id(), wanted, CallRequest.knowsTasks(asker.capabilities()));
        byte[] last = parts.messages().result(asked.id(), asker.revision(), notices.ended());
        return replies.events(
                () -> new NoticeFeed(
                        notices,
                        parts.changes(),
                        sayings,
                        null,
                        sayings.notice(notices.acknowledged()),
                        last,
                        () -> {}),
                parts.http().pingInterval());
    }

    private CompletionStage<HttpResponse> call(
            HttpRequest request, Incoming.Request asked, Asker asker, ModernHeaders headers) {
        CallRequest call = CallRequest.atOnce(asked.params(), asker, parts);
        if (call instanceof CallRequest.Refused refused) {
            return refused(asked.id(), refused.error());
        } else if (call instanceof CallRequest.Accepted accepted) {
            ObjectNode schema = accepted.tool().description().inputSchema();
            JsonNode arguments = asked.params().path("arguments");
            Optional<RpcError> wrong = headers.problem(schema, arguments);
            return wrong.isPresent() ? refused(asked.id(), wrong.get()) : stream(request, asked, asker, accepted);
        }
        ObjectNode answer = ((CallRequest.Settled) call).answer();
        return HttpReply.now(
                HttpReply.json(200, parts.messages().called(asked.id(), asker.revision(), answer, 1, false)));
    }

    private CompletionStage<HttpResponse> stream(
            HttpRequest request, Incoming.Request asked, Asker asker, CallRequest.Accepted call) {
        boolean events = RequestHeaders.acceptsEvents(request);
        Home home = home(asked, asker);
        var form = new SessionFeed.Form(null, events, false, false);
        Supplier<Feed> feeds = () -> new SessionFeed(
                sayings,
                parts.sessions(),
                form,
                (feed, self) ->
                        feed.ask(home.sessionId(), home.requestId(), asked.id(), command(home, asker, call, self)),
                () -> left(asker, home));
        return events ? replies.events(feeds, pingInterval(home)) : replies.json(feeds);
    }

    private SessionCommand.Call command(Home home, Asker asker, CallRequest.Accepted call, ActorRef<ToClient> self) {
        var request = call.request(
                home.requestId(),
                asker.revision(),
                home.sessionId(),
                parts.clock().instant());
        return new SessionCommand.CallOnStream(asker.principal(), home.stream(), true, request, self);
    }

    /** A client that has left is only noticed by writing to it. */
    private Duration pingInterval(Home home) {
        Duration usual = parts.http().pingInterval();
        return home.durable() || usual.compareTo(WATCH) < 0 ? usual : WATCH;
    }

    /** Closing the stream cancels the call, unless the client has a key to come back for it. */
    private void left(Asker asker, Home home) {
        if (!home.durable()) {
            parts.sessions()
                    .tell(
                            home.sessionId(),
                            new SessionCommand.CancelOnStream(
                                    asker.principal(), home.requestId(), "the client closed the response stream"));
        }
    }

    /** Where a call lives, and under which names. */
    private record Home(String sessionId, String stream, String requestId, boolean durable) {}

    private static Home home(Incoming.Request asked, Asker asker) {
        JsonNode key = asked.params().path(Meta.FIELD).path(Meta.IDEMPOTENCY_KEY);
        String stream = SessionIds.next().substring(0, 16);
        if (key.isTextual() && !key.textValue().isEmpty()) {
            int slot = Math.floorMod(Fingerprint.of(key.textValue()).hashCode(), SLOTS);
            // each round of a call is a call of its own, under the same key
            String round = asked.params().path("requestState").asText("")
                    + asked.params().path("inputResponses");
            String name = Fingerprint.of(key.textValue(), round);
            return new Home(slot(asker, slot), stream, WireJson.write(WireJson.text("key " + name)), true);
        }
        int slot = ThreadLocalRandom.current().nextInt(SLOTS);
        return new Home(slot(asker, slot), stream, WireJson.write(WireJson.text(stream)), false);
    }

    private static String slot(Asker asker, int slot) {
        return "stateless " + slot + " " + asker.principal();
    }

    private CompletionStage<HttpResponse> refused(@Nullable RequestId id, RpcError error) {
        return HttpReply.now(HttpReply.json(HttpReply.modernStatus(error), sayings.error(id, error)));
    }
}
