package io.exai.server.edge;

import io.exai.server.session.SessionKey;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ids of tasks: the key of the session that owns the task, and 128 random bits. */
final class TaskIds {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{22})\\.[A-Za-z0-9_-]{22}");

    private TaskIds() {}

    static String next(String sessionId) {
        return SessionKey.of(sessionId) + "." + SessionKey.of(SessionIds.next());
    }

    /** The key of the session that owns such a task; empty when no task is called so. */
    static Optional<String> owner(String taskId) {
        var matcher = FORM.matcher(taskId);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
