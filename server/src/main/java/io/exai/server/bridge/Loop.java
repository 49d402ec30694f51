package io.exai.server.bridge;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread on which a bridge decides; it never blocks. */
final class Loop implements Executor {
    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<RuntimeException> broken;

    /** {@code broken} hears of what a task throws. */
    Loop(Consumer<RuntimeException> broken) {
        this.broken = broken;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "exai-bridge"));
        thread.setRemoveOnCancelPolicy(true);
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what a task throws is told
    void after(Duration delay, Runnable task) {
        thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what a task throws is told
    void every(Duration interval, Runnable task) {
        thread.scheduleWithFixedDelay(
                () -> guarded(task), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs {@code then} here when the stage is done, with its result or its failure. */
    <T> void when(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        stage.whenComplete((result, failure) -> execute(() -> then.accept(result, failure)));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException unexpected) {
            broken.accept(unexpected);
        }
    }
}
