package io.exai.provider.sandbox.wire;

import java.time.Instant;

/** Which request it was, and when it came. */
public record Stamp(long seq, Instant arrived) {}
