package io.exai.server.edge;

import io.exai.protocol.frame.ServerSentEvent;
import io.exai.server.change.Change;
import io.exai.server.change.Changes;
import io.exai.server.session.ToClient;
import java.util.Objects;
import org.apache.pekko.actor.ActorRef;
import org.jspecify.annotations.Nullable;

/** Changes, as they happen, to a client that listens for them. */
final class NoticeFeed implements Feed {
    private final Notices notices;
    private final Changes changes;
    private final Sayings sayings;
    private final @Nullable EventIds ids;
    private final byte @Nullable [] first;
    private final byte @Nullable [] last;
    private final Runnable alive;
    private Changes.@Nullable Subscription subscription;
    private @Nullable Outlet outlet;

    /**
     * A feed.
     *
     * @param first message to begin with
     * @param last message when the daemon ends the stream
     * @param alive run now and then while the stream is held open
     */
    NoticeFeed(
            Notices notices,
            Changes changes,
            Sayings sayings,
            @Nullable EventIds ids,
            byte @Nullable [] first,
            byte @Nullable [] last,
            Runnable alive) {
        this.notices = notices;
        this.changes = changes;
        this.sayings = sayings;
        this.ids = ids;
        this.first = first;
        this.last = last;
        this.alive = alive;
    }

    @Override
    public void alive() {
        alive.run();
    }

    @Override
    public void begin(Outlet newOutlet, ActorRef self) {
        outlet = newOutlet;
        subscription = changes.listen(change -> self.tell(change, ActorRef.noSender()));
        if (first != null) {
            send(first);
        } else {
            newOutlet.send(ServerSentEvent.comment());
        }
    }

    @Override
    public void heard(Change change) {
        notices.of(change).ifPresent(notice -> send(sayings.notice(notice)));
    }

    @Override
    public void heard(ToClient message) {}

    @Override
    public void heard(Late late) {}

    @Override
    public void draining() {
        if (last != null) {
            send(last);
        }
        Objects.requireNonNull(outlet).end();
    }

    @Override
    public void closed(boolean byClient) {
        if (subscription != null) {
            subscription.close();
        }
    }

    private void send(byte[] message) {
        Objects.requireNonNull(outlet).send(ServerSentEvent.message(ids == null ? null : ids.next(0), message));
    }
}
