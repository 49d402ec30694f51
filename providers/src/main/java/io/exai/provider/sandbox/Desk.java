package io.exai.provider.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.exai.provider.sandbox.fault.Chances;
import io.exai.provider.sandbox.fault.Fault;
import io.exai.provider.sandbox.fault.FaultScript;
import io.exai.provider.sandbox.file.SideDesk;
import io.exai.provider.sandbox.log.Asked;
import io.exai.provider.sandbox.log.Entry;
import io.exai.provider.sandbox.log.Outcome;
import io.exai.provider.sandbox.log.RequestLog;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.visit.Mishaps;
import io.exai.provider.sandbox.visit.Visit;
import io.exai.provider.sandbox.visit.Voices;
import io.exai.provider.sandbox.wire.Address;
import io.exai.provider.sandbox.wire.Body;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.Pages;
import io.exai.provider.sandbox.wire.Refusal;
import io.exai.provider.setting.SandboxSettings;
import java.time.Clock;
import java.time.Duration;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Receives requests: decides what each one is and what goes wrong with it. */
final class Desk {
    private final SandboxSettings settings;
    private final RequestLog log;
    private final FaultScript script;
    private final Chances chances;
    private final Guard guard;
    private final Office office;
    private final SideDesk sideDesk;
    private final ContextCache cache = new ContextCache();

    Desk(SandboxSettings settings, FaultScript script, Clock clock) {
        this.settings = settings;
        this.script = script;
        this.log = new RequestLog(settings.logLimit(), clock);
        this.chances = new Chances(settings);
        this.guard = new Guard(settings, clock);
        this.office = new Office(log, script);
        this.sideDesk = new SideDesk(clock);
    }

    Duration latency() {
        return settings.latency();
    }

    Reception receive(HttpRequest request, ByteString body) {
        String path = request.getUri().path();
        String method = request.method().value();
        if (path.startsWith("/sandbox/")) {
            return new Reception.Now(office.receive(request, body));
        }
        Address address = Address.of(path);
        if (method.equals("POST") && address.isChat()) {
            return ask(request, address, body);
        }
        return new Reception.Now(aside(request, address, body));
    }

    /** A body that nobody can hold. */
    HttpResponse tooLarge(HttpRequest request) {
        Dialect dialect = Address.of(request.getUri().path()).dialectFor("");
        return Pages.refusal(dialect, Refusal.of(413, "The request is too large"));
    }

    private Reception ask(HttpRequest request, Address address, ByteString body) {
        JsonNode tree = MissingNode.getInstance();
        InvalidQuestion malformed = null;
        try {
            tree = Body.tree(body.toArrayUnsafe());
        } catch (InvalidQuestion invalid) {
            malformed = invalid;
        }
        Dialect dialect = address.dialectFor(tree.path("model").asText(""));
        HttpResponse no = guard.turnAway(request, dialect);
        if (no != null) {
            return refused(dialect, request, body, no);
        }
        return malformed == null
                ? visit(dialect, address, tree, request, body)
                : refused(dialect, request, body, Pages.refusal(dialect, Refusal.of(malformed)));
    }

    private Reception visit(Dialect dialect, Address address, JsonNode tree, HttpRequest request, ByteString body) {
        try {
            Question question = cache.recall(request, Voices.read(dialect, tree));
            var asked = new Asked(question.model(), question.prompt(), question.stream());
            Entry entry = log.arrive(dialect, asked, request, body);
            Fault fault = fault(dialect, question.model(), address);
            return new Reception.Later(
                    new Visit(question, entry, fault, cache.headers(request, dialect), log, settings.tokenRate()));
        } catch (InvalidQuestion invalid) {
            return refused(dialect, request, body, Pages.refusal(dialect, Refusal.of(invalid)));
        }
    }

    private @Nullable Fault fault(Dialect dialect, String model, Address address) {
        Fault scripted = script.next(dialect, model, address);
        return scripted == null ? chances.next() : scripted;
    }

    private HttpResponse aside(HttpRequest request, Address address, ByteString body) {
        Dialect dialect = sideDesk.dialect(address);
        HttpResponse no = guard.turnAway(request, dialect);
        no = no == null ? Mishaps.aside(script.next(dialect, "", address), dialect) : no;
        if (!sideDesk.remembers(address)) {
            return no == null ? sideDesk.receive(request, address, body) : no;
        }
        Entry entry = log.arrive(dialect, null, request, body);
        HttpResponse response = no == null ? sideDesk.receive(request, address, body) : no;
        log.end(entry, outcome(response));
        return response;
    }

    private Reception refused(Dialect dialect, HttpRequest request, ByteString body, HttpResponse response) {
        log.end(log.arrive(dialect, null, request, body), outcome(response));
        return new Reception.Now(response);
    }

    private static Outcome outcome(HttpResponse response) {
        return switch (response.status().intValue()) {
            case 200 -> Outcome.OK;
            case 500, 502, 503, 504, 529 -> Outcome.ERROR;
            case 401 -> Outcome.REFUSED;
            case 429 -> Outcome.RATE_LIMITED;
            default -> Outcome.INVALID;
        };
    }
}
