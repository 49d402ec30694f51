package io.exai.server.flight;

import java.time.Instant;

/**
 * An answer that equal calls may be given.
 *
 * @param answer JSON text
 * @param until how long it may be
 */
record Kept(String answer, Instant until) {}
