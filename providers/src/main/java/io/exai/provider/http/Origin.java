package io.exai.provider.http;

import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.setting.Route;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who was asked for what: makes failures whose message is one line and holds no key.
 *
 * @param model empty for what is no question to a model
 * @param subject what a vendor may not know, for people to read
 */
public record Origin(Route route, String model, String subject) {
    private static final int LONGEST = 400;
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");
    private static final Pattern KEYS = Pattern.compile("(?i)\\b(sk-|bearer )[\\w.*-]{4,}");

    /** A question to a model. */
    public Origin(Route route, String model) {
        this(route, model, "the model " + model);
    }

    /** The message continues a sentence that begins with the provider's name. */
    public ProviderFailure failure(Kind kind, String message) {
        return failure(kind, message, null);
    }

    public ProviderFailure failure(Kind kind, String message, @Nullable Duration retryAfter) {
        return new ProviderFailure(kind, clean(provider() + ' ' + message), retryAfter, provider(), model);
    }

    public String provider() {
        return route.provider();
    }

    private String clean(String message) {
        String apiKey = route.apiKey();
        String open = apiKey == null ? message : message.replace(apiKey, "***");
        String line = BLANKS.matcher(KEYS.matcher(open).replaceAll("***"))
                .replaceAll(" ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
