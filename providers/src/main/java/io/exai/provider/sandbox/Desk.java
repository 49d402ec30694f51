package io.exai.provider.sandbox;

import io.exai.provider.setting.SandboxSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Receives requests: decides what each one is and what goes wrong with it. */
final class Desk {
    private static final Pattern PREFIX = Pattern.compile("^(/v1|/kimi/v1|/glm/v4|/api/paas/v4)(?=/)");

    private final SandboxSettings settings;
    private final RequestLog log;
    private final Faults faults;

    Desk(SandboxSettings settings, Clock clock) {
        this.settings = settings;
        this.log = new RequestLog(settings.logLimit(), clock);
        this.faults = new Faults(settings);
    }

    Duration latency() {
        return settings.latency();
    }

    Reception receive(HttpRequest request, ByteString body) {
        String path = request.getUri().path();
        String method = request.method().value();
        return switch (method + ' ' + PREFIX.matcher(path).replaceFirst("")) {
            case "POST /chat/completions" -> ask(request, path, body);
            case "GET /models" -> now(Pages.json(200, Answers.models()));
            case "GET /sandbox/requests" -> now(Pages.lines(log.entries()));
            case "GET /sandbox/stats" -> now(Pages.json(200, Ledger.stats(log.stats())));
            default -> now(refusal(404, "no such endpoint: " + method + ' ' + path, null));
        };
    }

    private Reception ask(HttpRequest request, String path, ByteString body) {
        String key = request.getHeader("Idempotency-Key").map(HttpHeader::value).orElse(null);
        try {
            Question question = QuestionReader.read(body.toArrayUnsafe());
            Entry entry = log.arrive(Dialect.of(path, question.model()), question, key);
            return new Reception.Later(new Visit(question, entry, faults.next(), settings, log));
        } catch (InvalidQuestion invalid) {
            Entry entry = log.arrive(Dialect.of(path, ""), null, key);
            log.end(entry, Outcome.INVALID);
            return now(refusal(400, String.valueOf(invalid.getMessage()), invalid.field()));
        }
    }

    private static HttpResponse refusal(int status, String message, @Nullable String field) {
        return Pages.json(status, Answers.error(message, "invalid_request_error", field));
    }

    private static Reception now(HttpResponse response) {
        return new Reception.Now(response);
    }
}
