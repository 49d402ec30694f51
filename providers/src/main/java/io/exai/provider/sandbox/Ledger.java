package io.exai.provider.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what the sandbox remembers as JSON. */
final class Ledger {
    private Ledger() {}

    static byte[] line(Entry entry) {
        return Json.object(json -> {
            json.writeNumberField("seq", entry.seq());
            json.writeStringField("arrived", entry.arrived().toString());
            Entry.Ending ending = entry.ending();
            text(json, "ended", ending == null ? null : ending.at().toString());
            json.writeStringField("dialect", entry.dialect().label());
            Question question = entry.question();
            text(json, "model", question == null ? null : question.model());
            text(json, "idempotencyKey", entry.idempotencyKey());
            text(json, "prompt", question == null ? null : question.prompt());
            json.writeBooleanField("stream", question != null && question.stream());
            json.writeStringField(
                    "outcome", ending == null ? "running" : ending.outcome().label());
        });
    }

    static byte[] stats(RequestLog.Stats stats) {
        return Json.object(json -> {
            write(json, stats.all());
            Json.object(json, "dialects", dialects -> {
                for (Map.Entry<Dialect, Tally.Counts> each : stats.byDialect().entrySet()) {
                    Json.object(dialects, each.getKey().label(), one -> write(one, each.getValue()));
                }
            });
        });
    }

    private static void write(JsonGenerator json, Tally.Counts counts) throws IOException {
        json.writeNumberField("requests", counts.requests());
        json.writeNumberField("inFlight", counts.inFlight());
        json.writeNumberField("maxInFlight", counts.maxInFlight());
    }

    private static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, value);
        }
    }
}
