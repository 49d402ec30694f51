package io.exai.provider.sandbox.question;

import io.exai.provider.sandbox.wire.InvalidQuestion;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts and checks the images of one request. */
public final class Images {
    public static final int MOST = 10;
    public static final int LARGEST = 5 << 20;

    private static final Pattern DATA = Pattern.compile("data:image/(png|jpe?g|gif|webp);base64,");

    private int count;

    public int count() {
        return count;
    }

    /** An image by its address or in a {@code data:} URL. */
    public void addUrl(String url, String at) throws InvalidQuestion {
        Matcher data = DATA.matcher(url);
        if (data.lookingAt()) {
            addBase64(url.substring(data.end()), at);
        } else if (url.startsWith("http://") || url.startsWith("https://")) {
            add(at);
        } else {
            throw InvalidQuestion.wrong(at, "an http, https or data:image/...;base64 URL");
        }
    }

    public void addBase64(String data, String at) throws InvalidQuestion {
        try {
            if (Base64.getDecoder().decode(data).length > LARGEST) {
                throw InvalidQuestion.wrong(at, "an image of at most 5 MB");
            }
        } catch (IllegalArgumentException malformed) {
            throw InvalidQuestion.wrong(at, "base64");
        }
        add(at);
    }

    private void add(String at) throws InvalidQuestion {
        if (++count > MOST) {
            throw InvalidQuestion.wrong(at, "at most " + MOST + " images in a request");
        }
    }
}
