package io.exai.provider.setting;

import org.jspecify.annotations.Nullable;

/**
 * Where one provider is called and with which key.
 *
 * @param baseUrl without trailing slash
 * @param apiKey absent when no Authorization header is sent
 */
public record Route(
        String provider, String baseUrl, @Nullable String apiKey) {
    public Route {
        baseUrl = baseUrl.strip().replaceAll("/+$", "");
        apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    }

    @Override
    public String toString() {
        return "Route[" + provider + " at " + baseUrl + ", apiKey=" + Secret.masked(apiKey) + ']';
    }
}
