package io.exai.provider.sandbox;

import io.exai.provider.setting.SandboxSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.ThrottleMode;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** One chat request from its arrival to its end, whichever way it ends. */
final class Visit {
    private static final ContentType EVENTS = ContentTypes.parse("text/event-stream; charset=UTF-8");

    private final Question question;
    private final Entry entry;
    private final Fault fault;
    private final SandboxSettings settings;
    private final RequestLog log;
    private final SharedKillSwitch killSwitch = KillSwitches.shared("visit");

    Visit(Question question, Entry entry, Fault fault, SandboxSettings settings, RequestLog log) {
        this.question = question;
        this.entry = entry;
        this.fault = fault;
        this.settings = settings;
        this.log = log;
    }

    /** Empty when the visitor is left waiting for good. */
    Optional<HttpResponse> answer() {
        return switch (fault) {
            case NONE -> Optional.of(question.stream() ? stream(Outcome.OK) : whole());
            case ERROR -> Optional.of(error());
            case RATE_LIMIT -> Optional.of(rateLimit());
            case STALL -> question.stream() ? Optional.of(stream(Outcome.STALLED)) : Optional.empty();
            case BREAK -> Optional.of(question.stream() ? stream(Outcome.BROKEN) : halfWhole());
        };
    }

    /** The client closed the connection; no news if the answer was out. */
    void left() {
        log.end(entry, fault == Fault.STALL ? Outcome.STALLED : Outcome.CANCELLED);
        killSwitch.shutdown();
    }

    private HttpResponse whole() {
        byte[] answer = Answers.whole(question, entry);
        log.end(entry, Outcome.OK);
        return Pages.json(200, answer);
    }

    private HttpResponse error() {
        log.end(entry, Outcome.ERROR);
        return Pages.json(500, Answers.error("The sandbox fails on purpose (error-rate)", "server_error", null));
    }

    private HttpResponse rateLimit() {
        log.end(entry, Outcome.RATE_LIMITED);
        byte[] body =
                Answers.error("The sandbox asks to slow down on purpose (rate-limit-rate)", "rate_limit_error", null);
        return Pages.rateLimit(body, settings.retryAfter());
    }

    private HttpResponse halfWhole() {
        byte[] answer = Answers.whole(question, entry);
        ByteString half = ByteString.fromArray(Arrays.copyOf(answer, answer.length / 2));
        return Pages.ok(HttpEntities.createCloseDelimited(
                ContentTypes.APPLICATION_JSON, watched(List.of(half), Source.empty(), Outcome.BROKEN)));
    }

    private HttpResponse stream(Outcome end) {
        List<ByteString> events = Answers.events(question, entry);
        return switch (end) {
            case STALLED ->
                Pages.ok(HttpEntities.createChunked(
                        EVENTS, watched(events.subList(0, 1), Source.maybe(), Outcome.STALLED)));
            case BROKEN ->
                Pages.ok(HttpEntities.createCloseDelimited(
                        EVENTS, watched(events.subList(0, 1), Source.empty(), Outcome.BROKEN)));
            default -> Pages.ok(HttpEntities.createChunked(EVENTS, watched(events, Source.empty(), Outcome.OK)));
        };
    }

    /** Ends the visit well when the last piece was asked for, and as a leave when nobody asked. */
    private Source<ByteString, ?> watched(List<ByteString> pieces, Source<ByteString, ?> rest, Outcome end) {
        return paced(pieces.size())
                .map(index -> {
                    if (index == pieces.size() - 1 && end != Outcome.STALLED) {
                        log.end(entry, end);
                    }
                    return pieces.get(index);
                })
                .concat(rest)
                .via(killSwitch.flow())
                .watchTermination((NotUsed none, CompletionStage<Done> done) -> {
                    done.whenCompleteAsync((ended, failure) -> left(), Runnable::run);
                    return none;
                });
    }

    private Source<Integer, NotUsed> paced(int pieces) {
        Source<Integer, NotUsed> source = Source.range(0, pieces - 1);
        if (settings.tokenRate() == 0) {
            return source;
        }
        Duration apart = Duration.ofNanos((long) (1_000_000_000 / settings.tokenRate()));
        return source.throttle(1, apart, 1, ThrottleMode.shaping());
    }
}
