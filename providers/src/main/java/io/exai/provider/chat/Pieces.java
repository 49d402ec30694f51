package io.exai.provider.chat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;

/** Takes the pieces of a streamed answer, on any thread. */
@FunctionalInterface
public interface Pieces extends Consumer<Piece> {
    /** Completes when there is room for more: the vendor is not read on before. */
    default CompletionStage<Done> room() {
        return CompletableFuture.completedFuture(Done.done());
    }
}
