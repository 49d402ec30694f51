package io.exai.persistence.lease;

import io.exai.persistence.database.Database;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;

/**
 * The lease that the split-brain resolver of two nodes asks for. Held by a heartbeat, so that the lease of a node that
 * died ends soon; who asks for a lease that somebody else has waits for that, and no longer than it takes to see the
 * other alive.
 */
public final class RowLease extends Lease {
    private final LeaseSettings settings;
    private final Supplier<LeaseRow> row;
    private final Executor executor;
    private final AtomicReference<Object> holding = new AtomicReference<>(NOBODY);

    private static final Object NOBODY = new Object();

    /** Made by Pekko, by the name of this class in the settings. */
    public RowLease(LeaseSettings settings, ExtendedActorSystem system) {
        this(
                settings,
                () -> new LeaseRow(
                        Database.of(Adapter.toTyped(system)),
                        settings.leaseName(),
                        settings.ownerName(),
                        settings.timeoutSettings().getHeartbeatTimeout()),
                system.dispatcher());
    }

    RowLease(LeaseSettings settings, Supplier<LeaseRow> row, Executor executor) {
        this.settings = settings;
        this.row = row;
        this.executor = executor;
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return acquire(reason -> {});
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        LeaseRow here = row.get();
        return here.take()
                .thenComposeAsync(
                        taken -> taken
                                ? CompletableFuture.completedFuture(true)
                                : here.end().thenComposeAsync(end -> await(here, end), executor),
                        executor)
                .thenApplyAsync(taken -> taken && hold(here, lost), executor);
    }

    /** Until the lease of somebody else has ended, or was prolonged: then somebody lives. */
    private CompletionStage<Boolean> await(LeaseRow here, Optional<OffsetDateTime> end) {
        Executor later = CompletableFuture.delayedExecutor(
                settings.timeoutSettings().getHeartbeatInterval().toMillis() / 2, TimeUnit.MILLISECONDS, executor);
        return CompletableFuture.supplyAsync(() -> here, later)
                .thenComposeAsync(LeaseRow::take, executor)
                .thenComposeAsync(
                        taken -> taken
                                ? CompletableFuture.completedFuture(true)
                                : here.end()
                                        .thenComposeAsync(
                                                now -> now.isEmpty() || now.equals(end)
                                                        ? await(here, end)
                                                        : CompletableFuture.completedFuture(false),
                                                executor),
                        executor);
    }

    private boolean hold(LeaseRow here, Consumer<Optional<Throwable>> lost) {
        Object term = new Object();
        holding.set(term);
        beat(here, term, lost);
        return true;
    }

    private void beat(LeaseRow here, Object term, Consumer<Optional<Throwable>> lost) {
        CompletableFuture.delayedExecutor(
                        settings.timeoutSettings().getHeartbeatInterval().toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> {
                    if (holding.get() == term) {
                        here.take()
                                .whenCompleteAsync(
                                        (kept, failure) -> {
                                            if (failure == null && kept) {
                                                beat(here, term, lost);
                                            } else if (holding.compareAndSet(term, NOBODY)) {
                                                lost.accept(Optional.ofNullable(failure));
                                            }
                                        },
                                        executor);
                    }
                });
    }

    @Override
    public CompletionStage<Boolean> release() {
        holding.set(NOBODY);
        return row.get().give();
    }

    @Override
    public boolean checkLease() {
        return holding.get() != NOBODY;
    }
}
