package io.exai.server.bench;

import io.exai.server.bench.process.Placement;
import java.nio.file.Path;
import java.util.List;

/**
 * How much is measured.
 *
 * @param pinned servers on processor 0, the generator on processor 1, save for the journal's part
 * @param warmUpCalls of `chat` before the first round, four times as many of `version`
 * @param rounds how often yardstick and daemon take turns
 * @param seconds measured in a round
 * @param journalSeconds measured in a round of the raw journal, for each number of entities
 * @param warmUp seconds before each round
 * @param idle how many idle sessions
 * @param starts how many starts
 * @param calls how many calls while the file is watched
 */
record Plan(
        Path jar,
        boolean pinned,
        int warmUpCalls,
        int rounds,
        int seconds,
        int journalSeconds,
        int warmUp,
        List<Integer> idle,
        int starts,
        int calls) {
    static Plan full(Path jar, boolean pinned) {
        return new Plan(jar, pinned, 120_000, 5, 8, 5, 3, List.of(2000, 10_000), 5, 100_000);
    }

    static Plan quick(Path jar, boolean pinned) {
        return new Plan(jar, pinned, 80_000, 1, 3, 3, 2, List.of(500, 2000), 2, 10_000);
    }

    Plan withRounds(int count) {
        return new Plan(jar, pinned, warmUpCalls, count, seconds, journalSeconds, warmUp, idle, starts, calls);
    }

    Placement server() {
        return pinned ? Placement.SERVER : Placement.ANYWHERE;
    }

    Placement generator() {
        return pinned ? Placement.GENERATOR : Placement.ANYWHERE;
    }
}
