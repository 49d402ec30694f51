package io.exai.provider.sandbox.fault;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.wire.Dialect;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a script with how often each of its rules was used. */
public final class FaultPage {
    private FaultPage() {}

    public static byte[] of(List<FaultScript.Use> uses) {
        return Json.array(json -> {
            for (FaultScript.Use use : uses) {
                Json.member(json, rule -> write(rule, use));
            }
        });
    }

    private static void write(JsonGenerator json, FaultScript.Use use) throws IOException {
        FaultRule rule = use.rule();
        Dialect dialect = rule.dialect();
        text(json, "dialect", dialect == null ? null : dialect.label());
        text(json, "model", rule.model());
        text(json, "path", rule.path());
        if (rule.count() != null) {
            json.writeNumberField("count", rule.count());
        }
        json.writeNumberField("share", rule.share());
        Json.object(json, "fault", fault -> write(fault, rule.fault()));
        json.writeNumberField("used", use.used());
    }

    private static void write(JsonGenerator json, Fault fault) throws IOException {
        json.writeStringField("kind", fault.kind());
        if (fault instanceof Fault.Status status) {
            json.writeNumberField("status", status.status());
            text(json, "retryAfter", status.retryAfter());
            text(json, "body", status.body());
        } else if (fault instanceof Fault.Stall stall) {
            json.writeNumberField("after", stall.after());
        } else if (fault instanceof Fault.Break broken) {
            json.writeNumberField("after", broken.after());
        } else if (fault instanceof Fault.Slow slow) {
            json.writeNumberField("millis", slow.millis());
        } else if (fault instanceof Fault.Huge huge) {
            json.writeNumberField("bytes", huge.bytes());
        }
    }

    private static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }
}
