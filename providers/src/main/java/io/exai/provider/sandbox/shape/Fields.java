package io.exai.provider.sandbox.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.InvalidQuestion.Problem;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object with these fields and no others; an optional one may also be null. */
public final class Fields implements Shape {
    private final Map<String, Shape> required;
    private final Map<String, Shape> known;

    private Fields(Map<String, Shape> required, Map<String, Shape> known) {
        this.required = Collections.unmodifiableMap(required);
        this.known = Collections.unmodifiableMap(known);
    }

    public static Fields none() {
        return new Fields(new LinkedHashMap<>(), new HashMap<>());
    }

    public Fields must(String name, Shape shape) {
        var more = new LinkedHashMap<>(required);
        more.put(name, shape);
        return new Fields(more, with(name, shape));
    }

    public Fields may(String name, Shape shape) {
        return new Fields(required, with(name, shape));
    }

    @Override
    public void check(JsonNode value, String at) throws InvalidQuestion {
        Shapes.OBJECT.check(value, at.isEmpty() ? "body" : at);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            Shape shape = known.get(field.getKey());
            if (shape == null) {
                throw new InvalidQuestion(path(at, field.getKey()), Problem.UNKNOWN, "no such field");
            }
            if (!field.getValue().isNull() || required.containsKey(field.getKey())) {
                shape.check(field.getValue(), path(at, field.getKey()));
            }
        }
        for (Map.Entry<String, Shape> field : required.entrySet()) {
            if (!value.has(field.getKey())) {
                field.getValue().check(value.path(field.getKey()), path(at, field.getKey()));
            }
        }
    }

    private Map<String, Shape> with(String name, Shape shape) {
        var more = new HashMap<>(known);
        more.put(name, shape);
        return more;
    }

    private static String path(String at, String name) {
        return at.isEmpty() ? name : at + '.' + name;
    }
}
