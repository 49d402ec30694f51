package io.exai.provider.quota;

import com.typesafe.config.Config;
import io.exai.provider.setting.LeaseSettings;
import java.time.Duration;
import java.util.List;

/**
 * When, counted from the moment a node is cut off, it has stopped using its permits, and when others may have them.
 *
 * @param fenced the latest moment at which the node tells what runs to stop
 * @param reclaimed the earliest moment at which the majority leases its permits to others
 */
record FenceTimes(Duration fenced, Duration reclaimed) {
    private static final String DETECTOR = "pekko.cluster.failure-detector.";
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(1);

    static FenceTimes of(Config config, LeaseSettings lease) {
        Duration pause = config.getDuration(DETECTOR + "acceptable-heartbeat-pause");
        Duration unreachable = pause.plus(config.getDuration(DETECTOR + "heartbeat-interval"))
                .plus(config.getDuration("pekko.cluster.unreachable-nodes-reaper-interval"));
        Duration stopped = unreachable.plus(lease.minorityPatience()).plus(LeasedShare.LOOK);
        Duration stable = config.getDuration("pekko.cluster.split-brain-resolver.stable-after");
        return new FenceTimes(
                stopped.compareTo(lease.validity()) > 0 ? stopped : lease.validity(),
                pause.plus(stable).plus(lease.reclaimAfter()));
    }

    /** What is wrong, in one line. */
    List<String> problems() {
        Duration least = fenced.plus(LEAST_MARGIN);
        return reclaimed.compareTo(least) >= 0
                ? List.of()
                : List.of("exai.quota.lease: permits of a lost node go to others after " + reclaimed.toMillis()
                        + " ms (expected: at least " + least.toMillis() + " ms, when it has stopped using them;"
                        + " raise reclaim-after)");
    }
}
