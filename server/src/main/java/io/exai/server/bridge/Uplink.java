package io.exai.server.bridge;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connection to the daemon, made again whenever it is lost, always with the same session if that can be had. */
final class Uplink {
    private static final Duration REASON = Duration.ofMillis(200);
    private static final long CLOSE_SECONDS = 1;

    private final BridgeSettings settings;
    private final Backoff backoff;
    private final Loop loop;
    private final Ledger ledger;
    private final Peer peer;
    private final Dialer dialer;
    private @Nullable WebSocket socket;
    private int attempt;
    private int failures;
    private boolean sending;
    private boolean reading;
    private boolean pinged;
    private boolean closed;
    private long signOfLife;
    private long downSince;

    /** Who stands behind the connection. */
    interface Peer {
        /** It is up. {@code anew}: with a session that knows nothing of what was said before. */
        void opened(boolean anew);

        /** A message of the daemon; the next one comes after {@link Uplink#readOn}. */
        void heard(byte[] message);

        /** Something has gone out. */
        void sent();

        /**
         * It is down, or an attempt has failed, after {@code failures} others in a row; false when no other is to
         * follow before {@link Uplink#retry}.
         */
        boolean lost(Lost lost, int failures);

        /** It will not come back. */
        void gaveUp(String why);
    }

    Uplink(BridgeSettings settings, Loop loop, Ledger ledger, Peer peer) {
        this.settings = settings;
        this.backoff = new Backoff(settings.firstDelay(), settings.longestDelay());
        this.loop = loop;
        this.ledger = ledger;
        this.peer = peer;
        this.dialer = new Dialer(settings);
    }

    void start() {
        downSince = System.nanoTime();
        Duration beat = settings.silence().dividedBy(4);
        loop.every(beat.compareTo(Duration.ofSeconds(1)) < 0 ? beat : Duration.ofSeconds(1), this::look);
        connect();
    }

    /** The session to come back to. */
    void remember(String sessionId) {
        dialer.remember(sessionId);
    }

    private void connect() {
        int number = ++attempt;
        boolean resuming = dialer.isResuming();
        Wire wire = new Wire(loop, event -> heard(number, resuming, event));
        loop.when(dialer.dial(wire), (open, failure) -> {
            if (failure != null) {
                lost(number, Lost.failed(Dialer.cause(failure), resuming));
            }
        });
    }

    private void heard(int number, boolean resumed, Wire.Event event) {
        if (number != attempt) {
            if (event instanceof Wire.Event.Opened late) {
                late.socket().abort();
            }
            return;
        }
        signOfLife = System.nanoTime();
        pinged = false;
        if (event instanceof Wire.Event.Opened opened) {
            opened(opened.socket(), resumed);
        } else if (event instanceof Wire.Event.Text text) {
            failures = 0;
            reading = false;
            peer.heard(text.message().getBytes(StandardCharsets.UTF_8));
        } else if (event instanceof Wire.Event.Closed closed) {
            lost(number, closed.lost());
        }
    }

    private void opened(WebSocket open, boolean resumed) {
        socket = open;
        if (!resumed) {
            dialer.learn();
        }
        peer.opened(!resumed);
        readOn();
        pump();
    }

    /** Reads the next message. */
    void readOn() {
        if (socket != null && !reading) {
            reading = true;
            signOfLife = System.nanoTime();
            socket.request(1);
        }
    }

    /** Sends what there is to send, one message after the other. */
    void pump() {
        WebSocket open = socket;
        if (open == null || sending) {
            return;
        }
        ledger.next().ifPresent(entry -> {
            sending = true;
            send(open, new String(entry.line(), StandardCharsets.UTF_8), () -> {
                sending = false;
                ledger.written(entry);
                peer.sent();
                pump();
            });
        });
    }

    private void send(WebSocket open, String text, Runnable then) {
        int number = attempt;
        loop.when(open.sendText(text, true), (done, failure) -> {
            if (failure != null) {
                // A close frame may be on its way, and it says more.
                loop.after(REASON, () -> lost(number, new Lost.Again("the connection broke")));
            } else if (number == attempt) {
                then.run();
            }
        });
    }

    private void lost(int number, Lost lost) {
        if (number != attempt) {
            return;
        }
        drop();
        if (lost instanceof Lost.Refused refused) {
            peer.gaveUp(refused.why());
            return;
        }
        if (lost instanceof Lost.Forgotten) {
            dialer.forget();
        }
        if (peer.lost(lost, failures)) {
            int waiting = attempt;
            loop.after(backoff.delay(failures++, ThreadLocalRandom.current()), () -> {
                if (waiting == attempt) {
                    connect();
                }
            });
        }
    }

    /** Tries again at once. */
    void retry() {
        if (socket == null && !closed) {
            connect();
        }
    }

    /** Nothing more is heard of this connection. */
    private void drop() {
        attempt++;
        sending = false;
        reading = false;
        if (socket != null) {
            socket.abort();
            socket = null;
            downSince = System.nanoTime();
        }
    }

    /** Finds out whether the connection is dead, or has been away for too long. */
    private void look() {
        long now = System.nanoTime();
        if (closed) {
            return;
        } else if (socket == null) {
            long most = settings.connectTimeout().toNanos();
            if (most > 0 && now - downSince > most) {
                closed = true;
                drop();
                peer.gaveUp("no connection to " + settings.url() + " within "
                        + settings.connectTimeout().toMillis() / 1000.0 + " seconds");
            }
        } else if (reading && now - signOfLife > settings.silence().toNanos()) {
            lost(
                    attempt,
                    new Lost.Again("nothing was heard for " + settings.silence().toSeconds() + " seconds"));
        } else if (reading && !pinged && now - signOfLife > settings.silence().toNanos() / 2) {
            pinged = true;
            loop.when(socket.sendPing(ByteBuffer.allocate(0)), (sent, failure) -> {});
        }
    }

    /** Says goodbye; {@code then} runs when that is done, or has taken too long. */
    void close(Runnable then) {
        WebSocket open = socket;
        closed = true;
        attempt++;
        socket = null;
        if (open == null) {
            then.run();
            return;
        }
        loop.when(
                open.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS),
                (done, failure) -> then.run());
    }
}
