package io.exai.provider.http;

/** What a vendor sent is no answer; the message continues a sentence that begins with the vendor's name. */
public final class BadAnswer extends RuntimeException {
    public BadAnswer(String message) {
        super(message, null, false, false);
    }
}
