package io.exai.provider.sandbox.fault;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the sandbox does wrong on purpose. */
public sealed interface Fault {
    /** An answer of this status; without a body of its own, the vendor's error for it. */
    record Status(
            int status,
            @Nullable String retryAfter,
            @Nullable String body) implements Fault {}

    /** Silence until the client leaves: after so many tokens, or before the response head when it is 0. */
    record Stall(int after) implements Fault {}

    /** The connection closes: after so many tokens, or before the response head when it is 0. */
    record Break(int after) implements Fault {}

    /** A good answer, so much later. */
    record Slow(long millis) implements Fault {}

    /** Status 200 and no bytes. */
    record Empty() implements Fault {}

    /** A well-formed answer without text. */
    record Blank() implements Fault {}

    /** Status 200 and broken JSON. */
    record Garbage() implements Fault {}

    /** A well-formed answer of so many bytes of text. */
    record Huge(int bytes) implements Fault {}

    /** The word in a rule for it. */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
