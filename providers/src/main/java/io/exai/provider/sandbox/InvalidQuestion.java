package io.exai.provider.sandbox;

/** A request body that no vendor would accept, with the field at fault. */
final class InvalidQuestion extends Exception {
    private final String field;

    InvalidQuestion(String field, String expected) {
        super(field + ": expected " + expected, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }
}
