package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;

/** Values of a client as they may stand in a message: short. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String of(JsonNode node) {
        return node.isMissingNode() ? "missing" : of(node.toString());
    }

    static String of(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
