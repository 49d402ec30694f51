package io.exai.server.bench;

import io.exai.server.bench.process.Placement;
import java.nio.file.Path;
import java.util.List;

/**
 * How much is measured.
 *
 * @param pinned servers on processor 0, the generator on processor 1
 * @param rounds how often yardstick and daemon take turns, after a first round that does not count
 * @param seconds measured in a round
 * @param warmUp seconds before them
 * @param idle how many idle sessions
 * @param starts how many starts
 * @param calls how many calls while the file is watched
 */
record Plan(Path jar, boolean pinned, int rounds, int seconds, int warmUp, List<Integer> idle, int starts, int calls) {
    static Plan full(Path jar, boolean pinned) {
        return new Plan(jar, pinned, 5, 8, 3, List.of(2000, 10_000), 5, 100_000);
    }

    static Plan quick(Path jar, boolean pinned) {
        return new Plan(jar, pinned, 1, 3, 2, List.of(500, 2000), 2, 10_000);
    }

    Placement server() {
        return pinned ? Placement.SERVER : Placement.ANYWHERE;
    }

    Placement generator() {
        return pinned ? Placement.GENERATOR : Placement.ANYWHERE;
    }
}
