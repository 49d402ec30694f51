package io.exai.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.exai.protocol.json.WireJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The id and method of a message that is too large to be read whole, found without building it in memory.
 *
 * @param id null when there is none or it cannot be read
 * @param method null when there is none or the text is not JSON
 */
public record EnvelopePeek(@Nullable RequestId id, @Nullable String method) {
    public static EnvelopePeek of(byte[] utf8, int offset, int length) {
        RequestId id = null;
        String method = null;
        try (JsonParser parser = WireJson.parser(utf8, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new EnvelopePeek(null, null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("id") && (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)) {
                    id = RequestId.of(WireJson.scalar(parser)).orElse(null);
                } else if (field.equals("method") && value == JsonToken.VALUE_STRING) {
                    method = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            return new EnvelopePeek(id, method);
        } catch (IOException notJson) {
            return new EnvelopePeek(id, method);
        }
    }
}
