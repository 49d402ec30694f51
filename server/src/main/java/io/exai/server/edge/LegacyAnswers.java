package io.exai.server.edge;

import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.Methods;
import io.exai.protocol.mcp.Revision;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.Actor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The response in which the answers to what a legacy client posted come, as they are ready. */
final class LegacyAnswers {
    private final EdgeParts parts;
    private final Requests requests;
    private final Sayings sayings;
    private final FeedReply replies;

    /** One response: the session it is about, the stream's name, and where it goes. */
    private record Stream(Place place, String name, SessionFeed feed, ActorRef<ToClient> self) {}

    LegacyAnswers(EdgeParts parts, Requests requests, FeedReply replies) {
        this.parts = parts;
        this.requests = requests;
        this.sayings = new Sayings(parts.messages());
        this.replies = replies;
    }

    /** Answers one request. */
    CompletionStage<HttpResponse> to(HttpRequest request, Place place, Incoming.Request asked) {
        return to(request, place, List.of(asked), false);
    }

    /** Answers all requests of a batch, and what was malformed in it. */
    CompletionStage<HttpResponse> toBatch(HttpRequest request, Place place, List<Incoming> batch) {
        return to(request, place, batch, true);
    }

    private CompletionStage<HttpResponse> to(HttpRequest request, Place place, List<Incoming> incoming, boolean batch) {
        boolean events = RequestHeaders.acceptsEvents(request);
        String name = SessionIds.next().substring(0, 16);
        boolean primed = place.revision() == Revision.R2025_11_25;
        var form = new SessionFeed.Form(events ? new EventIds(name, 0) : null, events, batch, primed);
        Supplier<Feed> feeds = () -> new SessionFeed(
                sayings,
                parts.sessions(),
                form,
                (feed, self) -> {
                    Stream stream = new Stream(place, name, feed, self);
                    incoming.forEach(each -> begin(stream, each));
                },
                () -> {});
        return events ? replies.events(feeds, parts.http().pingInterval()) : replies.json(feeds);
    }

    private void begin(Stream stream, Incoming incoming) {
        if (incoming instanceof Incoming.Malformed malformed) {
            stream.feed().say(sayings.error(malformed.id(), malformed.error()), true);
        } else if (incoming instanceof Incoming.Request asked) {
            begin(stream, asked);
        }
    }

    private void begin(Stream stream, Incoming.Request asked) {
        if (!Methods.isKnown(stream.place().revision(), asked.method())
                || asked.method().equals(Methods.INITIALIZE)) {
            stream.feed().say(sayings.error(asked.id(), Sayings.unknown(asked.method())), true);
        } else if (asked.method().equals(Methods.TOOLS_CALL)) {
            call(stream, asked);
        } else {
            answer(stream, asked);
        }
    }

    private void answer(Stream stream, Incoming.Request asked) {
        Place place = stream.place();
        String internal = "late " + asked.id().json();
        stream.feed().expect(internal, asked.id());
        if (asked.method().equals(Methods.TASKS_RESULT)) {
            requests.follow(asked.params(), place.asker(), stream.self());
        }
        requests.answer(asked.method(), asked.params(), place.asker(), place.sessionId())
                .thenAcceptAsync(
                        answer -> Adapter.toClassic(stream.self())
                                .tell(
                                        new Feed.Late(internal, sayings.answer(asked.id(), place.revision(), answer)),
                                        Actor.noSender()),
                        parts.executor());
    }

    private void call(Stream stream, Incoming.Request asked) {
        Place place = stream.place();
        RequestId id = asked.id();
        CallRequest call = CallRequest.atOnce(asked.params(), place.asker(), parts);
        if (call instanceof CallRequest.Refused refused) {
            stream.feed().say(sayings.error(id, refused.error()), true);
        } else if (call instanceof CallRequest.Settled settled) {
            stream.feed().say(parts.messages().called(id, place.revision(), settled.answer(), 1, false), true);
        } else if (call instanceof CallRequest.Accepted accepted) {
            var request = accepted.request(
                    id.json(),
                    place.revision(),
                    place.sessionId(),
                    parts.clock().instant());
            stream.feed()
                    .ask(
                            place.sessionId(),
                            id.json(),
                            id,
                            new SessionCommand.CallOnStream(
                                    place.principal(), stream.name(), false, request, stream.self()));
        }
    }
}
