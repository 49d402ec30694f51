package io.exai.protocol.op;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The op and the request id of a message, found without building it in memory.
 *
 * @param op null when the message is no object with a text of that name
 * @param requestId null when there is none or it cannot be read
 */
public record OpPeek(@Nullable String op, @Nullable RequestId requestId) {
    /** Never throws; of what is no JSON to its end, tells what comes before the error. */
    public static OpPeek of(byte[] utf8) {
        String op = null;
        RequestId requestId = null;
        try (JsonParser parser = WireJson.parser(utf8, 0, utf8.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new OpPeek(null, null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals(OpReader.OP) && value == JsonToken.VALUE_STRING) {
                    op = parser.getText();
                } else if (field.equals(OpReader.REQUEST_ID) && isScalar(value)) {
                    requestId = RequestId.of(WireJson.scalar(parser)).orElse(null);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException notJson) {
            return new OpPeek(op, requestId);
        }
        return new OpPeek(op, requestId);
    }

    private static boolean isScalar(JsonToken value) {
        return value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
    }
}
