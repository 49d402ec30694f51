package io.exai.persistence.session;

import io.exai.persistence.Durable;

/**
 * Why a call has no answer.
 *
 * @param code one of the daemon's error codes, such as {@code TIMEOUT}
 * @param message one line for a person
 * @param retryAfterMillis when to try again; 0 when the daemon cannot tell
 */
public record Failure(String code, String message, boolean retryable, long retryAfterMillis) implements Durable {}
