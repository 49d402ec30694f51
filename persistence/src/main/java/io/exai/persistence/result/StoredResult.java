package io.exai.persistence.result;

import java.time.Instant;

/**
 * An answer under the key of the calls it is for.
 *
 * @param callKey at most 64 characters
 * @param answer of any text; more than {@link ResultStore#MOST_BYTES} in UTF-8 is not kept
 * @param until from then on it is not found any more
 */
public record StoredResult(String callKey, String answer, Instant until) {}
