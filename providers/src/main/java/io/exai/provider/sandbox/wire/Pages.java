package io.exai.provider.sandbox.wire;

import java.time.Duration;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Builds HTTP responses. */
public final class Pages {
    public static final ContentType EVENTS = ContentTypes.parse("text/event-stream; charset=UTF-8");
    private static final RawHeader REQUEST_ID = RawHeader.create("request-id", Refusal.REQUEST_ID);
    private static final HttpResponse OK = HttpResponse.create();

    private Pages() {}

    public static HttpResponse ok(ResponseEntity entity) {
        return OK.withEntity(entity);
    }

    public static HttpResponse json(int status, byte[] body) {
        return status(status).withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
    }

    public static HttpResponse refusal(Dialect dialect, Refusal refusal) {
        return marked(dialect, json(refusal.status(), refusal.body(dialect)));
    }

    /** The response with the headers that its vendor always sends. */
    public static HttpResponse marked(Dialect dialect, HttpResponse response) {
        return dialect.messages() ? response.addHeader(REQUEST_ID) : response;
    }

    /** A response without a body; also for statuses that only some vendors know. */
    public static HttpResponse status(int status) {
        if (status == 200) {
            return OK;
        }
        StatusCode code = StatusCodes.lookup(status)
                .orElseGet(() -> StatusCodes.custom(status, "Status " + status, "", status < 400, true));
        return HttpResponse.create().withStatus(code);
    }

    /** What to write into Retry-After: whole seconds, rounded up. */
    public static HttpResponse retryAfter(HttpResponse response, Duration wait) {
        return retryAfter(response, Long.toString(wait.plusNanos(999_999_999).toSeconds()));
    }

    /** The header's value is sent as it is. */
    public static HttpResponse retryAfter(HttpResponse response, String value) {
        return response.addHeader(RawHeader.create("Retry-After", value));
    }
}
