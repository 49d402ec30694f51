package io.exai.provider.chat;

/**
 * A picture shown to a model.
 *
 * @param url http, https, or {@code data:} with base64
 */
public record Image(String url) {
    private static final String DATA = "data:";
    private static final String BASE64 = ";base64,";

    /** True when the picture itself is in the URL. */
    public boolean isInline() {
        return url.startsWith(DATA) && url.contains(BASE64);
    }

    /** Such as {@code image/png}; of an inline picture only. */
    public String mediaType() {
        return url.substring(DATA.length(), url.indexOf(BASE64));
    }

    /** Base64 text; of an inline picture only. */
    public String data() {
        return url.substring(url.indexOf(BASE64) + BASE64.length());
    }

    /** Bytes of the picture, 0 when it is not inline. */
    public long size() {
        if (!isInline()) {
            return 0;
        }
        String data = data();
        int padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
        return data.length() * 3L / 4 - padding;
    }
}
