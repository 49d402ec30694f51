package io.exai.provider.actor;

import io.exai.provider.chat.Piece;
import io.exai.provider.chat.Pieces;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Brings the pieces of one attempt to its provider actor. The vendor's socket is read no further than the actor has come,
 * give or take a few pieces.
 */
final class Pipe implements Pieces {
    private static final int FEW = 32;
    private static final CompletionStage<Done> AT_ONCE = CompletableFuture.completedFuture(Done.done());

    private final ActorRef<Provider.Command> provider;
    private final OpenAsk ask;
    private final int attempt;
    private int sent;

    Pipe(ActorRef<Provider.Command> provider, OpenAsk ask, int attempt) {
        this.provider = provider;
        this.ask = ask;
        this.attempt = attempt;
    }

    @Override
    public void accept(Piece piece) {
        sent++;
        provider.tell(new Provider.PieceArrived(ask, attempt, piece));
    }

    @Override
    public CompletionStage<Done> room() {
        if (sent < FEW) {
            return AT_ONCE;
        }
        sent = 0;
        CompletableFuture<Done> taken = new CompletableFuture<>();
        provider.tell(new Provider.CaughtUp(taken));
        return taken;
    }
}
