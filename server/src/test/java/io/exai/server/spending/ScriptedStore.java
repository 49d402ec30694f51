package io.exai.server.spending;

import io.exai.persistence.usage.Grouping;
import io.exai.persistence.usage.UsageEntry;
import io.exai.persistence.usage.UsageGroup;
import io.exai.persistence.usage.UsagePattern;
import io.exai.persistence.usage.UsageStore;
import io.exai.persistence.usage.UsageTotals;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store in memory that does what it is asked when the test says so, or fails to. */
final class ScriptedStore implements UsageStore {
    final Map<String, UsageEntry> kept = new LinkedHashMap<>();
    final List<Integer> batches = new ArrayList<>();
    final List<Instant> removals = new ArrayList<>();
    private final Queue<Question<?>> open = new ArrayDeque<>();

    /** What the store is asked to do now, oldest first. */
    List<String> asked() {
        return open.stream().map(Question::name).toList();
    }

    void answer() {
        open.remove().answer();
    }

    void fail() {
        open.remove().fail();
    }

    /** Does what it was asked, and yet seems to fail. */
    void loseAnswer() {
        Question<?> question = open.remove();
        question.loseAnswer();
    }

    @Override
    public CompletionStage<Void> add(List<UsageEntry> entries) {
        batches.add(entries.size());
        return ask("add", () -> {
            entries.forEach(entry -> kept.putIfAbsent(entry.id(), entry));
            return null;
        });
    }

    @Override
    public CompletionStage<Map<String, UsageTotals>> spent(Instant from) {
        return ask("spent", () -> {
            Map<String, UsageTotals> spent = new HashMap<>();
            kept.values().stream()
                    .filter(entry -> !entry.at().isBefore(from))
                    .forEach(entry -> spent.merge(entry.principal(), entry.totals(), UsageTotals::plus));
            return spent;
        });
    }

    @Override
    public CompletionStage<Integer> removeBefore(Instant oldest) {
        removals.add(oldest);
        return ask("remove", () -> 0);
    }

    @Override
    public CompletionStage<List<UsageGroup>> totals(Grouping by, Instant from, Instant to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<UsagePattern>> patterns(Instant from, Instant to) {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("NullAway") // nothing is what add answers
    private <T> CompletionStage<T> ask(String name, Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        open.add(new Question<>(name, work, answer));
        return answer;
    }

    private record Question<T>(String name, Supplier<T> work, CompletableFuture<T> future) {
        void answer() {
            future.complete(work.get());
        }

        void loseAnswer() {
            T lost = work.get();
            future.completeExceptionally(new IllegalStateException("lost: " + lost));
        }

        void fail() {
            future.completeExceptionally(new IllegalStateException("away"));
        }
    }
}
