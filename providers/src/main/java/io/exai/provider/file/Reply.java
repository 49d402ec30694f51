package io.exai.provider.file;

import io.exai.provider.chat.ProviderFailure;

/** How a call that is no question to a model ended: exactly one of these, and never an exception. */
public sealed interface Reply<T> {
    /** What was asked for. */
    record Got<T>(T value) implements Reply<T> {}

    /** Why it is not there. */
    record Failed<T>(ProviderFailure why) implements Reply<T> {}
}
