package io.exai.provider.sandbox;

import java.util.Locale;

/** Which vendor a request believes to be talking to. */
enum Dialect {
    OPENAI,
    KIMI,
    GLM;

    /** The path decides, else the model's name. */
    static Dialect of(String path, String model) {
        if (path.startsWith("/kimi/")) {
            return KIMI;
        }
        if (path.startsWith("/glm/") || path.startsWith("/api/paas/")) {
            return GLM;
        }
        String name = model.toLowerCase(Locale.ROOT);
        if (name.startsWith("kimi-") || name.startsWith("moonshot-")) {
            return KIMI;
        }
        return name.startsWith("glm-") ? GLM : OPENAI;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
