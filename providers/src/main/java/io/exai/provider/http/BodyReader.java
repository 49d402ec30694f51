package io.exai.provider.http;

import io.exai.provider.chat.ChatOutcome;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Makes an outcome of a response body that arrives in pieces. */
public interface BodyReader {
    /** Takes the next bytes; returns the outcome as soon as it is certain. May throw {@link BadAnswer}. */
    @Nullable
    ChatOutcome read(ByteString bytes);

    /** The body is complete. May throw {@link BadAnswer}. */
    ChatOutcome end();
}
