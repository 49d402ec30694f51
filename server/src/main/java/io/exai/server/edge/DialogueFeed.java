package io.exai.server.edge;

import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.frame.ServerSentEvent;
import io.exai.server.change.Change;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/** A whole dialogue on one response stream, as a WebSocket has it, while what the client says is posted apart. */
final class DialogueFeed implements Feed, Wire {
    private final EdgeParts parts;
    private final Caller caller;
    private final String endpoint;
    private final Consumer<ActorRef> opened;
    private final Runnable over;
    private @Nullable McpDialogue dialogue;
    private @Nullable Outlet outlet;
    private @Nullable ActorRef self;

    /**
     * A feed.
     *
     * @param endpoint where the client is to post to
     * @param opened takes the actor that takes posted messages, as errands
     */
    DialogueFeed(EdgeParts parts, Caller caller, String endpoint, Consumer<ActorRef> opened, Runnable over) {
        this.parts = parts;
        this.caller = caller;
        this.endpoint = endpoint;
        this.opened = opened;
        this.over = over;
    }

    @Override
    public void begin(Outlet newOutlet, ActorRef newSelf) {
        outlet = newOutlet;
        self = newSelf;
        dialogue = new McpDialogue(parts, this, caller, Adapter.toTyped(newSelf));
        dialogue.opened();
        opened.accept(newSelf);
        newOutlet.send(ServerSentEvent.endpoint(endpoint));
    }

    /** One message that was posted. */
    void received(byte[] message) {
        Objects.requireNonNull(dialogue).received(message);
    }

    @Override
    public void heard(ToClient message) {
        Objects.requireNonNull(dialogue).heard(message);
    }

    @Override
    public void heard(Change change) {
        Objects.requireNonNull(dialogue).heard(change);
    }

    @Override
    public void heard(Late late) {}

    @Override
    public void nodeLost() {
        Objects.requireNonNull(dialogue).nodeLost();
    }

    @Override
    public void draining() {
        Objects.requireNonNull(outlet).end();
    }

    @Override
    public void closed(boolean byClient) {
        over.run();
        if (dialogue != null) {
            dialogue.closed();
        }
    }

    @Override
    public void send(byte[] message) {
        Objects.requireNonNull(outlet).send(ServerSentEvent.message(null, message));
    }

    @Override
    public void sendIfIdle(byte[] message) {
        send(message);
    }

    @Override
    public void later(CompletionStage<byte[]> message, Consumer<byte[]> then) {
        ActorRef target = Objects.requireNonNull(self);
        Executor executor = parts.executor();
        message.thenAcceptAsync(
                bytes -> target.tell(new Errand(() -> then.accept(bytes)), ActorRef.noSender()), executor);
    }

    /** Nothing tells what has arrived on such a stream. */
    @Override
    public void confirm(long sequence) {}

    @Override
    public void alarm(Duration after) {}

    @Override
    public void admit() {}

    @Override
    public void close(CloseCode code, String reason) {
        Objects.requireNonNull(outlet).end();
    }
}
