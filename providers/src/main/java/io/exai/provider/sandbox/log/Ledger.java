package io.exai.provider.sandbox.log;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Pages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Writes what the sandbox remembers as JSON. */
public final class Ledger {
    private static final ContentType NDJSON = ContentTypes.parse("application/x-ndjson");
    private static final ByteString NEW_LINE = ByteString.fromString("\n");

    private Ledger() {}

    /** A line a request; the full ones also say what came over the wire. */
    public static HttpResponse requests(RequestLog log, boolean full) {
        Source<ByteString, ?> lines = Source.from(log.entries())
                .map(entry -> ByteString.fromArray(line(entry, full)).concat(NEW_LINE));
        return Pages.ok(HttpEntities.createChunked(NDJSON, lines.grouped(256).map(Ledger::joined)));
    }

    public static HttpResponse stats(RequestLog log) {
        RequestLog.Stats stats = log.stats();
        return Pages.json(200, Json.object(json -> {
            write(json, stats.all());
            Json.object(json, "dialects", dialects -> {
                for (Map.Entry<Dialect, Tally.Counts> each : stats.byDialect().entrySet()) {
                    Json.object(dialects, each.getKey().label(), one -> write(one, each.getValue()));
                }
            });
        }));
    }

    private static byte[] line(Entry entry, boolean full) {
        return Json.object(json -> {
            json.writeNumberField("seq", entry.stamp().seq());
            json.writeStringField("arrived", entry.stamp().arrived().toString());
            Entry.Ending ending = entry.ending();
            text(json, "ended", ending == null ? null : ending.at().toString());
            json.writeStringField("dialect", entry.dialect().label());
            Asked asked = entry.asked();
            text(json, "model", asked == null ? null : asked.model());
            text(json, "idempotencyKey", entry.idempotencyKey());
            text(json, "prompt", asked == null ? null : asked.prompt());
            json.writeBooleanField("stream", asked != null && asked.stream());
            json.writeStringField(
                    "outcome", ending == null ? "running" : ending.outcome().label());
            Received received = entry.received();
            if (full && received != null) {
                write(json, received);
            }
        });
    }

    private static void write(JsonGenerator json, Received received) throws IOException {
        json.writeStringField("method", received.method());
        json.writeStringField("path", received.path());
        Json.object(json, "headers", headers -> {
            for (Map.Entry<String, String> header : received.headers().entrySet()) {
                headers.writeStringField(header.getKey(), header.getValue());
            }
        });
        json.writeStringField("body", received.body());
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

    private static ByteString joined(List<ByteString> lines) {
        var bytes = ByteString.createBuilder();
        lines.forEach(bytes::append);
        return bytes.result();
    }
}
