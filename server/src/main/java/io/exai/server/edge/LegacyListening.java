package io.exai.server.edge;

import io.exai.server.session.SessionCommand;
import io.exai.server.session.SessionCommand.Known;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** GET of the revisions with sessions: a client listens for changes, or comes back to a stream that was cut. */
final class LegacyListening {
    /** The stream of changes, which nobody comes back to: what was missed is lost. */
    private static final String STREAM = "listen";

    private final EdgeParts parts;
    private final Sayings sayings;
    private final SessionLookup sessions;
    private final FeedReply replies;

    LegacyListening(EdgeParts parts, FeedReply replies) {
        this.parts = parts;
        this.sayings = new Sayings(parts.messages());
        this.sessions = new SessionLookup(parts);
        this.replies = replies;
    }

    CompletionStage<HttpResponse> handle(HttpRequest request, String principal) {
        if (!RequestHeaders.acceptsEvents(request)) {
            return HttpReply.now(HttpReply.error(406, "Accept: expected text/event-stream"));
        }
        String last = RequestHeaders.value(request, RequestHeaders.LAST_EVENT);
        Optional<EventIds.Position> position = last == null ? Optional.empty() : EventIds.parse(last);
        if (last != null && position.isEmpty()) {
            return HttpReply.now(HttpReply.error(
                    400, RequestHeaders.LAST_EVENT + ": " + Shown.of(last) + " (expected: an id of this server)"));
        }
        return sessions.find(
                request,
                principal,
                place -> position.filter(at -> !at.stream().equals(STREAM))
                        .map(at -> resume(place, at))
                        .orElseGet(() -> listen(place)));
    }

    private CompletionStage<HttpResponse> resume(Place place, EventIds.Position at) {
        var form = new SessionFeed.Form(new EventIds(at.stream(), at.sequence()), true, false, true);
        return replies.events(
                () -> new SessionFeed(
                        sayings,
                        parts.sessions(),
                        form,
                        (feed, self) -> feed.resume(
                                place.sessionId(),
                                at.sequence(),
                                after -> new SessionCommand.Resume(place.principal(), at.stream(), after, self)),
                        () -> {}),
                parts.http().pingInterval());
    }

    private CompletionStage<HttpResponse> listen(Place place) {
        return replies.events(
                () -> new NoticeFeed(
                        Notices.legacy(place.principal(), place.sessionId(), place.subscriptions()),
                        parts.changes(),
                        sayings,
                        new EventIds(STREAM, 0),
                        null,
                        null,
                        keepAlive(place)),
                parts.http().pingInterval());
    }

    /** Tells the session that its client listens, as often as a WebSocket does. */
    private Runnable keepAlive(Place place) {
        long interval = parts.touchInterval().toNanos();
        long[] last = {System.nanoTime()};
        return () -> {
            if (System.nanoTime() - last[0] >= interval) {
                last[0] = System.nanoTime();
                parts.sessions()
                        .ask(
                                place.sessionId(),
                                Known.class,
                                SessionGate.PATIENCE,
                                replyTo -> new SessionCommand.Check(place.principal(), replyTo));
            }
        };
    }
}
