package io.exai.provider.sandbox;

import io.exai.provider.sandbox.fault.FaultPage;
import io.exai.provider.sandbox.fault.FaultReader;
import io.exai.provider.sandbox.fault.FaultScript;
import io.exai.provider.sandbox.log.Ledger;
import io.exai.provider.sandbox.log.RequestLog;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.Pages;
import io.exai.provider.sandbox.wire.Refusal;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** What no vendor has: the sandbox's books and its script of faults. */
final class Office {
    private final RequestLog log;
    private final FaultScript script;

    Office(RequestLog log, FaultScript script) {
        this.log = log;
        this.script = script;
    }

    HttpResponse receive(HttpRequest request, ByteString body) {
        String path = request.getUri().path();
        String method = request.method().value();
        return switch (method + ' ' + path) {
            case "GET /sandbox/requests" -> Ledger.requests(log, full(request));
            case "GET /sandbox/stats" -> Ledger.stats(log);
            case "GET /sandbox/faults" -> faults();
            case "POST /sandbox/faults" -> replace(body);
            case "DELETE /sandbox/faults" -> {
                script.replace(List.of());
                yield faults();
            }
            default -> refusal(404, "no such endpoint: " + method + ' ' + path);
        };
    }

    private HttpResponse replace(ByteString body) {
        try {
            script.replace(FaultReader.read(body.toArrayUnsafe()));
            return faults();
        } catch (InvalidQuestion wrong) {
            return Pages.refusal(Dialect.OPENAI, Refusal.of(wrong));
        }
    }

    private HttpResponse faults() {
        return Pages.json(200, FaultPage.of(script.uses()));
    }

    private static boolean full(HttpRequest request) {
        return request.getUri().query().get("full").map("true"::equals).orElse(false);
    }

    private static HttpResponse refusal(int status, String message) {
        return Pages.refusal(Dialect.OPENAI, Refusal.of(status, message));
    }
}
