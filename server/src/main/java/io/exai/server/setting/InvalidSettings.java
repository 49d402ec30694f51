package io.exai.server.setting;

import java.util.List;

/** The daemon cannot run with these settings; one line a problem, {@code key: value (expected: ...)}. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidSettings(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
