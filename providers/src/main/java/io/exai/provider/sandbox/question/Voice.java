package io.exai.provider.sandbox.question;

import io.exai.provider.sandbox.wire.Stamp;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** How a vendor puts an answer. */
public interface Voice {
    byte[] whole(Question question, Stamp stamp);

    /** One element a token, and one more for the end of the answer. */
    List<ByteString> events(Question question, Stamp stamp);
}
