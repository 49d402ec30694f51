package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.result.ResultStore;
import io.exai.persistence.result.StoredResult;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** How the desk tells towers which keys there are. */
class ResultDeskTest {
    private final SlowStore store = new SlowStore();
    private final BehaviorTestKit<ResultDesk.Command> desk = BehaviorTestKit.create(ResultDesk.create(store));
    private final TestInbox<ResultDesk.Loaded> tower = TestInbox.create();

    @Test
    void loadsForOneTowerAfterAnother() {
        desk.run(new ResultDesk.Load("a", tower.getRef()));
        desk.run(new ResultDesk.Load("b", tower.getRef()));
        assertThat(store.asked).hasSize(1);
        answer(Set.of("a1"));
        tower.expectMessage(new ResultDesk.Loaded(Set.of("a1")));
        answer(Set.of("b1"));
        tower.expectMessage(new ResultDesk.Loaded(Set.of("b1")));
    }

    @Test
    void saysWhenNobodyCanTell() {
        desk.run(new ResultDesk.Load("a", tower.getRef()));
        store.asked.remove().completeExceptionally(new IllegalStateException("away"));
        desk.runOne();
        tower.expectMessage(new ResultDesk.Loaded(null));
    }

    @Test
    void tellsNoneWhenThereAreTooMany() {
        Set<String> keys = new HashSet<>();
        for (int number = 0; number <= ResultDesk.MOST_LOADED; number++) {
            keys.add("a" + number);
        }
        desk.run(new ResultDesk.Load("a", tower.getRef()));
        answer(keys);
        tower.expectMessage(new ResultDesk.Loaded(null));
        keys.remove("a0");
        desk.run(new ResultDesk.Load("a", tower.getRef()));
        answer(keys);
        tower.expectMessage(new ResultDesk.Loaded(keys));
    }

    private void answer(Set<String> keys) {
        store.asked.remove().complete(keys);
        desk.runOne();
    }

    /** A store that tells keys when the test says so. */
    private static final class SlowStore implements ResultStore {
        final Queue<CompletableFuture<Set<String>>> asked = new ArrayDeque<>();

        @Override
        public CompletionStage<Set<String>> keys(String prefix, int most) {
            assertThat(most).isGreaterThan(ResultDesk.MOST_LOADED);
            CompletableFuture<Set<String>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<Map<String, StoredResult>> find(Collection<String> callKeys) {
            return CompletableFuture.completedFuture(Map.of());
        }

        @Override
        public CompletionStage<Integer> keep(List<StoredResult> results) {
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public CompletionStage<Integer> removeOld() {
            return CompletableFuture.completedFuture(0);
        }
    }
}
