package io.exai.server.bench.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What one JSON-RPC message says, as far as a count needs it.
 *
 * @param id -1 for a message without a number as its id
 * @param isCall has a method: a call from the server, or our own from an echo
 */
record Reply(long id, boolean isCall, boolean isError, boolean isToolError) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Fails when the bytes are not one JSON object. */
    static Reply read(byte[] bytes, int from, int to) throws IOException {
        try (var parser = JSON.createParser(bytes, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            var reply = new Reply(-1, false, false, false);
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                reply = reply.with(name, parser);
            }
            return reply;
        }
    }

    private Reply with(String name, JsonParser parser) throws IOException {
        var reply = switch (name) {
            case "id" -> new Reply(number(parser), isCall, isError, isToolError);
            case "method" -> new Reply(id, true, isError, isToolError);
            case "error" -> new Reply(id, isCall, true, isToolError);
            case "result" -> new Reply(id, isCall, isError, saysError(parser));
            default -> this;
        };
        parser.skipChildren();
        return reply;
    }

    private static long number(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
    }

    /** Reads a result to its end. */
    private static boolean saysError(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        var isError = false;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            isError |= parser.nextToken() == JsonToken.VALUE_TRUE && name.equals("isError");
            parser.skipChildren();
        }
        return isError;
    }
}
