package io.exai.server.bench.resilience;

/** One scenario of the command. */
interface Trial {
    Findings run(Plan plan) throws Exception;
}
