package io.exai.provider.sandbox.log;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/** A request as it came in, its keys masked when somebody reads it. */
public final class Received {
    static final int LARGEST_BODY = 64 << 10;

    private final HttpRequest request;
    private final ByteString body;

    private Received(HttpRequest request, ByteString body) {
        this.request = request;
        this.body = body;
    }

    /** Of a large body only the beginning is kept. */
    public static Received of(HttpRequest request, ByteString body) {
        if (body.size() <= LARGEST_BODY) {
            return new Received(request, body);
        }
        ByteString head = body.take(LARGEST_BODY).compact();
        return new Received(request.withEntity(request.entity().getContentType(), head), head);
    }

    String method() {
        return request.method().value();
    }

    String path() {
        return request.getUri().path();
    }

    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", request.entity().getContentType().toString());
        for (HttpHeader header : request.getHeaders()) {
            headers.merge(header.name(), shown(header), (first, second) -> first + ", " + second);
        }
        return headers;
    }

    String body() {
        return body.decodeString(StandardCharsets.UTF_8);
    }

    private static String shown(HttpHeader header) {
        return switch (header.name().toLowerCase(Locale.ROOT)) {
            case "authorization", "x-api-key" -> "***";
            default -> header.value();
        };
    }
}
