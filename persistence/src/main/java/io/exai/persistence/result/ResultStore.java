package io.exai.persistence.result;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Keeps answers for a while, for all nodes. */
public interface ResultStore {
    /** The longest answer that is kept, in bytes. */
    int MOST_BYTES = 1 << 20;

    /** Those of the keys under which something is kept that is not too old. */
    CompletionStage<Map<String, StoredResult>> find(Collection<String> callKeys);

    /**
     * Keys with that prefix under which something is kept that is not too old; as many as {@code most} of them, and no more
     * when there are more. For keys of hexadecimal digits.
     */
    CompletionStage<Set<String>> keys(String prefix, int most);

    /** Keeps all or, when it fails, none; a later result replaces an earlier one of its key. Tells how many were kept. */
    CompletionStage<Integer> keep(List<StoredResult> results);

    /** Removes what is too old; tells how many went. */
    CompletionStage<Integer> removeOld();
}
