package io.exai.server.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;

/** What a resource reads as. */
public sealed interface Content {
    /** UTF-8 text. */
    record Text(String text) implements Content {}

    /** Bytes, in Base64. */
    record Blob(String base64) implements Content {}

    static Content json(JsonNode json) {
        return new Text(WireJson.write(json));
    }

    /** As one of the contents of {@code resources/read}. */
    default ObjectNode toJson(String uri, String mimeType) {
        ObjectNode json = WireJson.object().put("uri", uri).put("mimeType", mimeType);
        if (this instanceof Text text) {
            json.put("text", text.text());
        } else if (this instanceof Blob blob) {
            json.put("blob", blob.base64());
        }
        return json;
    }
}
