package io.exai.provider.sandbox;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Builds HTTP responses. */
final class Pages {
    private static final ContentType NDJSON = ContentTypes.parse("application/x-ndjson");
    private static final ByteString NEW_LINE = ByteString.fromString("\n");
    private static final HttpResponse OK = HttpResponse.create();

    private Pages() {}

    static HttpResponse ok(ResponseEntity entity) {
        return OK.withEntity(entity);
    }

    static HttpResponse json(int status, byte[] body) {
        HttpResponse response = status == 200 ? OK : HttpResponse.create().withStatus(status);
        return response.withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
    }

    /** Header values are whole seconds, rounded up. */
    static HttpResponse rateLimit(byte[] body, Duration retryAfter) {
        long seconds = retryAfter.plusNanos(999_999_999).toSeconds();
        return json(429, body).addHeader(RawHeader.create("Retry-After", Long.toString(seconds)));
    }

    static HttpResponse lines(List<Entry> entries) {
        Source<ByteString, ?> lines = Source.from(entries)
                .map(entry -> ByteString.fromArray(Ledger.line(entry)).concat(NEW_LINE));
        return ok(HttpEntities.createChunked(NDJSON, lines.grouped(256).map(Pages::joined)));
    }

    private static ByteString joined(List<ByteString> lines) {
        var bytes = ByteString.createBuilder();
        lines.forEach(bytes::append);
        return bytes.result();
    }
}
