package io.exai.provider.file;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** The files that a vendor keeps for one account. */
public interface VendorFiles {
    /** What can be uploaded. */
    FileRules rules();

    /** Refused before anything is sent when the rules forbid it. */
    CompletionStage<Reply<StoredFile>> upload(String name, ByteString content, String purpose);

    /** All files of the account. */
    CompletionStage<Reply<List<StoredFile>>> list();

    /** One file. */
    CompletionStage<Reply<StoredFile>> find(String id);

    /** Completes with the id of the file that is gone. */
    CompletionStage<Reply<String>> delete(String id);

    /** What the file holds, or what the vendor read out of it. */
    CompletionStage<Reply<ByteString>> content(String id);
}
