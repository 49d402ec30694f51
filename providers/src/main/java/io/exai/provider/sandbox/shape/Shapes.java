package io.exai.provider.sandbox.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.InvalidQuestion.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules that others are made of. */
public final class Shapes {
    public static final Shape ANY = (value, at) -> require(!value.isMissingNode(), value, at, "a value");
    public static final Shape TEXT = rule(JsonNode::isTextual, "a text");
    public static final Shape NAME = named("a name");
    public static final Shape FLAG = rule(JsonNode::isBoolean, "true or false");
    public static final Shape OBJECT = rule(JsonNode::isObject, "an object");

    private Shapes() {}

    public static Shape rule(Predicate<JsonNode> rule, String expected) {
        return (value, at) -> require(rule.test(value), value, at, expected);
    }

    /** A text that is not blank. */
    public static Shape named(String expected) {
        return rule(value -> value.isTextual() && !value.textValue().isBlank(), expected);
    }

    public static Shape pattern(String regex, String expected) {
        var pattern = Pattern.compile(regex);
        return rule(
                value -> value.isTextual() && pattern.matcher(value.textValue()).matches(), expected);
    }

    public static Shape number(double least, double most) {
        return rule(
                value -> value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most,
                "a number from " + plain(least) + " to " + plain(most));
    }

    public static Shape whole(long least) {
        return rule(
                value -> value.isIntegralNumber() && value.longValue() >= least, "a whole number of at least " + least);
    }

    public static Shape whole(long least, long most) {
        return rule(
                value -> value.isIntegralNumber() && value.longValue() >= least && value.longValue() <= most,
                "a whole number from " + least + " to " + most);
    }

    public static Shape oneOf(String... words) {
        List<String> known = List.of(words);
        return rule(value -> value.isTextual() && known.contains(value.textValue()), "one of " + known);
    }

    public static Shape list(Shape member, int least, int most) {
        String expected = "a list of " + least + " to " + most;
        return (value, at) -> {
            boolean fits = value.isArray() && value.size() >= least && value.size() <= most;
            require(fits, value, at, expected);
            for (int i = 0; i < value.size(); i++) {
                member.check(value.get(i), at + '[' + i + ']');
            }
        };
    }

    /** Any text, or what the other shape says. */
    public static Shape textOr(Shape other) {
        return either(TEXT, other);
    }

    /** One shape for texts, the other for all else. */
    public static Shape either(Shape text, Shape other) {
        return (value, at) -> (value.isTextual() ? text : other).check(value, at);
    }

    /** An object whose field tells which of the shapes it has. */
    public static Shape kinds(String field, Map<String, Shape> shapes) {
        String expected = "one of " + new TreeSet<>(shapes.keySet());
        return (value, at) -> {
            OBJECT.check(value, at);
            JsonNode kind = value.path(field);
            Shape shape = kind.isTextual() ? shapes.get(kind.textValue()) : null;
            if (shape == null) {
                throw failure(kind, at + '.' + field, expected);
            }
            shape.check(value, at);
        };
    }

    public static void require(boolean good, JsonNode value, String at, String expected) throws InvalidQuestion {
        if (!good) {
            throw failure(value, at, expected);
        }
    }

    private static InvalidQuestion failure(JsonNode value, String at, String expected) {
        return new InvalidQuestion(at, value.isMissingNode() ? Problem.MISSING : Problem.WRONG, expected);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
