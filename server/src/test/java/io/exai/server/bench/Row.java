package io.exai.server.bench;

/** One line of the table. */
record Row(String figure, String measured, String yardstick, String result, String aim, Verdict verdict) {
    static final String HEAD = """
            | figure | measured | yardstick | result | aim | verdict |
            |---|---|---|---|---|---|
            """;

    /** Nothing was measured. */
    static Row without(String figure, String why, Verdict verdict) {
        return new Row(figure, why, "", "", "", verdict);
    }

    @Override
    public String toString() {
        return "| " + String.join(" | ", figure, measured, yardstick, result, aim, verdict.toString()) + " |";
    }
}
