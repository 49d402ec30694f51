package io.exai.persistence.usage;

/** What calls can have in common. */
public enum Grouping {
    PRINCIPAL("\"principal\""),
    SESSION("\"session\""),
    TOOL("\"tool\""),
    MODEL("\"provider\" || '/' || \"model\""),
    /** Of the calendar, in UTC. */
    DAY("to_char(\"ended_at\" at time zone 'UTC', 'YYYY-MM-DD')");

    private final String expression;

    Grouping(String expression) {
        this.expression = expression;
    }

    String expression() {
        return expression;
    }
}
