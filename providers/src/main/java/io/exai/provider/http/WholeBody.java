package io.exai.provider.http;

import io.exai.provider.chat.ChatOutcome;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Collects a body of bounded size and reads it at its end. */
public final class WholeBody implements BodyReader {
    private final long maxSize;
    private final Function<byte[], ChatOutcome> meaning;
    private ByteString body = ByteString.emptyByteString();

    public WholeBody(long maxSize, Function<byte[], ChatOutcome> meaning) {
        this.maxSize = maxSize;
        this.meaning = meaning;
    }

    @Override
    public @Nullable ChatOutcome read(ByteString bytes) {
        if (body.size() + (long) bytes.size() > maxSize) {
            throw new BadAnswer("sent an answer larger than max-answer-size = " + maxSize);
        }
        body = body.concat(bytes);
        return null;
    }

    @Override
    public ChatOutcome end() {
        return meaning.apply(body.toArrayUnsafe());
    }
}
