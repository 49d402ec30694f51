package io.exai.provider.sandbox.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes.
 *
 * @param dialect null when the model's name has to tell
 * @param endpoint the path without the vendor's prefix
 */
public record Address(@Nullable Dialect dialect, String endpoint) {
    private static final List<Prefix> PREFIXES = List.of(
            new Prefix("/v1", null),
            new Prefix("/kimi/v1", Dialect.KIMI),
            new Prefix("/glm/v4", Dialect.GLM),
            new Prefix("/glm/api/paas/v4", Dialect.GLM),
            new Prefix("/api/paas/v4", Dialect.GLM),
            new Prefix("/openai/v1", Dialect.OPENAI),
            new Prefix("/anthropic/v1", Dialect.ANTHROPIC),
            new Prefix("/minimax/anthropic/v1", Dialect.MINIMAX));

    private record Prefix(String path, @Nullable Dialect dialect) {}

    public static Address of(String path) {
        for (Prefix prefix : PREFIXES) {
            int length = prefix.path().length();
            if (path.startsWith(prefix.path()) && path.length() > length && path.charAt(length) == '/') {
                return new Address(prefix.dialect(), path.substring(length));
            }
        }
        return new Address(null, path);
    }

    /** Whether answers are asked for here, in the words of this vendor. */
    public boolean isChat() {
        return switch (endpoint) {
            case "/chat/completions" -> dialect == null || !dialect.messages();
            case "/messages" -> dialect == null || dialect.messages();
            default -> false;
        };
    }

    /** The dialect of a request for a model; the name is empty when nobody could read it. */
    public Dialect dialectFor(String model) {
        if (dialect != null) {
            return dialect;
        }
        return endpoint.equals("/messages") ? Dialect.ofMessages(model) : Dialect.ofChat(model);
    }
}
