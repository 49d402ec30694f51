package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.actor.Provider.CaughtUp;
import io.exai.provider.actor.Provider.Command;
import io.exai.provider.chat.Piece;
import io.exai.provider.fixture.Samples;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PipeTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final TestProbe<Command> provider = KIT.createTestProbe();
    private final TestProbe<Provider.Reply> asker = KIT.createTestProbe();
    private final Pipe pipe = new Pipe(
            provider.getRef(),
            new OpenAsk(
                    1,
                    new Provider.Ask(Samples.request("a", "hi"), "s", asker.getRef()),
                    System.nanoTime(),
                    Duration.ofSeconds(1)),
            1);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void letsTheVendorBeReadOnWhileFewPiecesAreUnderWay() {
        for (int piece = 0; piece < 31; piece++) {
            pipe.accept(Piece.said("word"));
            assertThat(pipe.room().toCompletableFuture()).isCompleted();
        }
    }

    @Test
    void holdsTheVendorBackUntilItsProviderHasCaughtUp() {
        for (int piece = 0; piece < 32; piece++) {
            pipe.accept(Piece.said("word"));
        }
        CompletionStage<Done> room = pipe.room();
        assertThat(room.toCompletableFuture()).isNotDone();
        provider.receiveSeveralMessages(32);
        provider.expectMessageClass(CaughtUp.class).taken().complete(Done.done());
        assertThat(room.toCompletableFuture()).isCompleted();
        assertThat(pipe.room().toCompletableFuture()).isCompleted();
    }
}
