package io.exai.server.bridge;

import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.server.bridge.Conversation.Verdict;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages between a client on standard streams and a daemon, in order and unchanged. When the connection is
 * lost the client notices a pause: what it waits for is asked again, and each answer reaches it once.
 */
public final class Bridge {
    /** Lines kept for the daemon, in multiples of the longest one. */
    private static final long MOST_KEPT = 2;

    private static final ServerMessages MESSAGES = new ServerMessages(new ServerIdentity("", ""));

    private final BridgeSettings settings;
    private final Streams streams;
    private final Loop loop = new Loop(this::broken);
    private final Ledger ledger;
    private final Conversation conversation;
    private final Uplink uplink;
    private final Inlet inlet;
    private final Outlet outlet;
    private final @Nullable LocalDaemon daemon;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean held;
    private int writing;
    private boolean leaving;
    private boolean gone;

    private Bridge(BridgeSettings settings, @Nullable Autostart autostart, Streams streams) {
        this.settings = settings;
        this.streams = streams;
        this.ledger = new Ledger(settings.maxUnanswered(), MOST_KEPT * settings.maxBytes());
        this.conversation = new Conversation(ledger);
        this.uplink = new Uplink(settings, loop, ledger, new Daemon());
        this.inlet = new Inlet(new LineReader(streams.in(), settings.maxBytes()), loop);
        this.outlet = new Outlet(streams.out());
        this.daemon = autostart == null ? null : new LocalDaemon(autostart, settings, loop, streams.notices());
    }

    /** Starts to pass messages; a daemon is started where none listens if {@code autostart} says how. */
    public static Bridge start(BridgeSettings settings, @Nullable Autostart autostart, Streams streams) {
        Bridge bridge = new Bridge(settings, autostart, streams);
        bridge.loop.execute(() -> {
            bridge.uplink.start();
            bridge.inlet.start(bridge::took, bridge::leaveSoon);
        });
        return bridge;
    }

    /** Done when the client has left; failed, with a message for people, when the daemon cannot be had. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Leaves when that process has ended. */
    public void leaveWith(ProcessHandle client) {
        loop.when(client.onExit(), (process, failure) -> leaveSoon());
    }

    /** Waits a short time for what is unanswered and ends. */
    public void leave() {
        loop.execute(this::leaveSoon);
    }

    private void took(Line line) {
        held = true;
        if (line instanceof Line.TooLong big) {
            reject(
                    Reading.id(big).orElse(null),
                    RpcError.INVALID_REQUEST,
                    "Request too large: " + big.length() + " bytes (expected: at most " + settings.maxBytes() + ")");
        } else if (line instanceof Line.Whole whole) {
            took(whole.bytes());
        }
    }

    private void took(byte[] line) {
        Incoming message = Reading.of(line);
        if (message instanceof Incoming.Malformed bad && bad.error().code() == RpcError.PARSE_ERROR) {
            reject(null, RpcError.PARSE_ERROR, bad.error().message());
            return;
        }
        conversation.said(message, line);
        uplink.pump();
        goOn();
    }

    private void reject(@Nullable RequestId id, int code, String message) {
        deliver(MESSAGES.error(id, RpcError.of(code, message)), this::goOn);
    }

    /** Asks for the next line, if there is room for it. */
    private void goOn() {
        if (held && !ledger.isFull()) {
            held = false;
            inlet.next();
        }
    }

    private void deliver(byte[] message, Runnable then) {
        writing++;
        loop.when(outlet.write(message), (done, failure) -> {
            writing--;
            if (failure == null) {
                then.run();
                leaveIfDone();
            } else {
                depart();
            }
        });
    }

    private boolean isWanted(Incoming.Response answer) {
        Verdict verdict = conversation.answered(answer);
        if (verdict instanceof Verdict.Wanted wanted) {
            wanted.session().ifPresent(uplink::remember);
        } else if (verdict instanceof Verdict.Ours && answer.error() != null) {
            note("the daemon did not take the introduction again: " + answer.error());
        }
        return verdict instanceof Verdict.Wanted;
    }

    private void leaveSoon() {
        if (!leaving) {
            leaving = true;
            loop.after(settings.linger(), this::depart);
            leaveIfDone();
        }
    }

    private void leaveIfDone() {
        if (leaving && writing == 0 && ledger.isDone()) {
            depart();
        }
    }

    private void depart() {
        if (!gone) {
            gone = true;
            if (ledger.unanswered() > 0) {
                note("left without " + ledger.unanswered() + " answers");
            }
            uplink.close(() -> ended.complete(null));
        }
    }

    private void broken(RuntimeException unexpected) {
        ended.completeExceptionally(new IOException("unexpected: " + unexpected, unexpected));
    }

    private void note(String line) {
        streams.notices().accept(line);
    }

    /** The daemon, as the connection sees it. */
    private final class Daemon implements Uplink.Peer {
        private boolean connected;

        @Override
        public void opened(boolean anew) {
            conversation.resume(anew);
            note((connected ? "connected again to " : "connected to ")
                    + settings.url()
                    + (connected && anew ? ", with a new session" : ""));
            connected = true;
        }

        @Override
        public void heard(byte[] message) {
            if (Reading.of(message) instanceof Incoming.Response answer && !isWanted(answer)) {
                uplink.readOn();
                return;
            }
            deliver(message, uplink::readOn);
            goOn();
        }

        @Override
        public void sent() {
            goOn();
            leaveIfDone();
        }

        @Override
        public boolean lost(Lost lost, int failures) {
            if (lost instanceof Lost.TooBig) {
                ledger.giveUpLargest()
                        .ifPresent(id -> reject(
                                id, RpcError.INVALID_REQUEST, "Request too large for the daemon: " + lost.why()));
            }
            if (failures == 0 || lost instanceof Lost.Forgotten) {
                note(told(lost));
            }
            return !(lost instanceof Lost.Absent) || daemon == null || !daemon.start(uplink::retry);
        }

        private String told(Lost lost) {
            return lost instanceof Lost.Forgotten
                    ? "the daemon does not know the session (" + lost.why() + "), so there will be a new one"
                    : (connected ? "connection lost" : "no connection") + " (" + lost.why() + "), trying again";
        }

        @Override
        public void gaveUp(String why) {
            if (!gone) {
                gone = true;
                ended.completeExceptionally(new IOException(why));
            }
        }
    }
}
