package io.exai.server.bench.resilience;

import java.time.Duration;

/** What can happen to a part of an arena; it comes back in the end, though it need not be ready then. */
enum Fault {
    /** SIGKILL; somebody starts the node again later. */
    KILL {
        @Override
        void strike(Arena arena, int victim, Duration down) throws Exception {
            arena.kill(victim);
            Thread.sleep(down.toMillis());
            arena.start(victim);
        }
    },
    /** SIGKILL; its parent starts the node again. */
    SUPERVISED {
        @Override
        void strike(Arena arena, int victim, Duration down) throws Exception {
            arena.kill(victim);
            Thread.sleep(1_000);
        }
    },
    /** The node hears and reaches no other until it has given up; then it is started again. */
    PARTITION {
        @Override
        void strike(Arena arena, int victim, Duration down) throws Exception {
            arena.network().cutOff(victim);
            Thread.sleep(down.toMillis());
            arena.awaitEnd(victim);
            arena.network().heal();
            arena.start(victim);
        }
    },
    /** PostgreSQL is away for a while. */
    DATABASE {
        @Override
        void strike(Arena arena, int victim, Duration down) throws Exception {
            arena.postgres().down();
            Thread.sleep(15_000);
            arena.postgres().up();
        }
    },
    /** SIGTERM; the node is started again when it has ended. */
    ROLLING {
        @Override
        void strike(Arena arena, int victim, Duration down) throws Exception {
            int status = arena.stop(victim);
            if (status != 0) {
                System.err.println("   node " + victim + " ended with status " + status);
            }
            arena.start(victim);
        }
    };

    abstract void strike(Arena arena, int victim, Duration down) throws Exception;
}
