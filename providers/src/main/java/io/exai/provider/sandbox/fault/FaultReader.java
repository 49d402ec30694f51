package io.exai.provider.sandbox.fault;

import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.kinds;
import static io.exai.provider.sandbox.shape.Shapes.list;
import static io.exai.provider.sandbox.shape.Shapes.named;
import static io.exai.provider.sandbox.shape.Shapes.number;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.pattern;
import static io.exai.provider.sandbox.shape.Shapes.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import io.exai.provider.sandbox.wire.Body;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a script of faults from its JSON. */
public final class FaultReader {
    private static final int MOST_RULES = 1_000;
    private static final int LARGEST = 256 << 20;
    private static final Fields BARE = Fields.none().must("kind", TEXT);
    private static final Shape AFTER = BARE.must("after", whole(0, 1_000_000));
    private static final Shape FAULT = kinds(
            "kind",
            Map.of(
                    "status",
                            BARE.must("status", whole(200, 599))
                                    .may("retryAfter", pattern("[ -~]{0,200}", "printable ASCII"))
                                    .may("body", TEXT),
                    "stall", AFTER,
                    "break", AFTER,
                    "slow", BARE.must("millis", whole(0, 600_000)),
                    "empty", BARE,
                    "blank", BARE,
                    "garbage", BARE,
                    "huge", BARE.must("bytes", whole(1, LARGEST))));
    private static final Shape ASIDE = oneOf("status", "empty", "garbage");
    private static final Shape RULES = list(
            Fields.none()
                    .may(
                            "dialect",
                            oneOf(Arrays.stream(Dialect.values())
                                    .map(Dialect::label)
                                    .toArray(String[]::new)))
                    .may("model", named("a model name"))
                    .may("path", pattern("/[a-z_/]{1,100}", "an endpoint such as /files"))
                    .may("count", whole(0, Integer.MAX_VALUE))
                    .may("share", number(0, 1))
                    .must("fault", FAULT),
            0,
            MOST_RULES);

    private FaultReader() {}

    /** Names the field that is wrong. */
    public static List<FaultRule> read(byte[] json) throws InvalidQuestion {
        JsonNode script = Body.tree(json);
        RULES.check(script, "rules");
        var rules = new ArrayList<FaultRule>();
        for (int i = 0; i < script.size(); i++) {
            JsonNode rule = script.get(i);
            if (rule.hasNonNull("path")) {
                ASIDE.check(rule.path("fault").path("kind"), "rules[" + i + "].fault.kind");
            }
            String dialect = text(rule, "dialect");
            rules.add(new FaultRule(
                    dialect == null ? null : Dialect.valueOf(dialect.toUpperCase(Locale.ROOT)),
                    text(rule, "model"),
                    text(rule, "path"),
                    rule.hasNonNull("count") ? rule.path("count").intValue() : null,
                    rule.path("share").asDouble(1),
                    fault(rule.path("fault"))));
        }
        return List.copyOf(rules);
    }

    private static Fault fault(JsonNode fault) {
        int after = fault.path("after").intValue();
        return switch (fault.path("kind").asText()) {
            case "status" ->
                new Fault.Status(fault.path("status").intValue(), text(fault, "retryAfter"), text(fault, "body"));
            case "stall" -> new Fault.Stall(after);
            case "break" -> new Fault.Break(after);
            case "slow" -> new Fault.Slow(fault.path("millis").longValue());
            case "empty" -> new Fault.Empty();
            case "blank" -> new Fault.Blank();
            case "garbage" -> new Fault.Garbage();
            default -> new Fault.Huge(fault.path("bytes").intValue());
        };
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).textValue();
    }
}
