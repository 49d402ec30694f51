package io.exai.server.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.math.BigDecimal;
import java.util.TreeMap;

/** One way to write JSON values that mean the same: fields in order of their names, numbers without needless digits. */
final class Normal {
    private Normal() {}

    /** Normal form of arguments, with what their schema says they are when they are not given. */
    static ObjectNode withDefaults(ObjectNode arguments, JsonNode schema) {
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        schema.path("properties").properties().forEach(property -> {
            if (property.getValue().has("default")) {
                fields.put(property.getKey(), property.getValue().get("default"));
            }
        });
        arguments.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        ObjectNode normal = WireJson.object();
        fields.forEach((name, value) ->
                normal.set(name, of(value, schema.path("properties").path(name))));
        return normal;
    }

    private static JsonNode of(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            return withDefaults(object, schema);
        } else if (value instanceof ArrayNode array) {
            ArrayNode normal = WireJson.object().arrayNode();
            array.forEach(item -> normal.add(of(item, schema.path("items"))));
            return normal;
        }
        return value.isNumber() ? number(value) : value;
    }

    /** 1, 1.0 and 1e0 are one number. */
    private static JsonNode number(JsonNode value) {
        boolean beyond = value.isDouble() && !Double.isFinite(value.doubleValue());
        BigDecimal shortest = beyond ? BigDecimal.ZERO : value.decimalValue().stripTrailingZeros();
        return beyond ? value : WireJson.object().numberNode(shortest);
    }
}
