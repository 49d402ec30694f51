package io.exai.provider.openai;

/** What a vendor sent is no answer; the message continues a sentence that begins with the vendor's name. */
final class BadAnswer extends RuntimeException {
    BadAnswer(String message) {
        super(message, null, false, false);
    }
}
