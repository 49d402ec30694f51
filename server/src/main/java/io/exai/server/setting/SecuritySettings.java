package io.exai.server.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who may call.
 *
 * @param token the shared token of the principal {@code default}; empty for none
 * @param tokens principal to token; with no token at all, everybody is the principal {@code local}
 */
public record SecuritySettings(String token, Map<String, String> tokens) {
    /** Characters of the shortest token that can be configured. */
    public static final int SHORTEST_TOKEN = 16;

    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
            problems.add(path + ".token: ******** (expected: at least 16 characters, or empty)");
        }
        tokens.forEach((principal, secret) -> {
            if (secret.length() < SHORTEST_TOKEN) {
                problems.add(path + ".tokens." + principal + ": ******** (expected: at least 16 characters)");
            }
        });
        return problems;
    }

    @Override
    public String toString() {
        return "SecuritySettings[principals=" + tokens.keySet() + "]";
    }
}
