package io.exai.provider.sandbox;

/** What the sandbox does wrong on purpose. */
enum Fault {
    NONE,
    ERROR,
    RATE_LIMIT,
    STALL,
    BREAK
}
