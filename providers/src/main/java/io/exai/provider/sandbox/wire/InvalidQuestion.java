package io.exai.provider.sandbox.wire;

/** A request that no vendor would accept, with the field at fault. */
public final class InvalidQuestion extends Exception {
    private final String field;
    private final Problem problem;

    /** What is wrong with the field. */
    public enum Problem {
        MISSING,
        UNKNOWN,
        WRONG
    }

    public InvalidQuestion(String field, Problem problem, String expected) {
        super(field + ": expected " + expected, null, false, false);
        this.field = field;
        this.problem = problem;
    }

    /** A field that is there, with a value that may not be. */
    public static InvalidQuestion wrong(String field, String expected) {
        return new InvalidQuestion(field, Problem.WRONG, expected);
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public String field() {
        return field;
    }

    public Problem problem() {
        return problem;
    }
}
