package io.exai.server.cli;

import java.net.BindException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says in one line what went wrong. */
final class Failures {
    private Failures() {}

    /** The failure under the wrappers that futures add. */
    static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String line(Throwable failure) {
        Throwable cause = root(failure);
        if (cause instanceof ConnectException) {
            return "nobody answers there (is the daemon running? exai serve starts it)";
        }
        String message = cause.getMessage();
        for (Throwable inner = cause.getCause(); inner != null; inner = inner.getCause()) {
            if (inner instanceof BindException) {
                message = message + ": " + inner.getMessage();
            }
        }
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
