package io.exai.protocol.json;

/** The text is not JSON, or JSON beyond the limits; the message says what and where, never the text itself. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
        super(message);
    }
}
