package io.exai.provider.sandbox.visit;

import io.exai.provider.sandbox.fault.Fault;
import io.exai.provider.sandbox.log.Entry;
import io.exai.provider.sandbox.log.Outcome;
import io.exai.provider.sandbox.log.RequestLog;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.wire.Pages;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** One chat request from its arrival to its end, whichever way it ends. */
public final class Visit {
    private static final Turn SILENCE = new Turn.Silence();

    private final Question question;
    private final Entry entry;
    private final @Nullable Fault fault;
    private final List<HttpHeader> headers;
    private final RequestLog log;
    private final Pieces pieces;

    public Visit(
            Question question,
            Entry entry,
            @Nullable Fault fault,
            List<HttpHeader> headers,
            RequestLog log,
            double tokenRate) {
        this.question = question;
        this.entry = entry;
        this.fault = fault;
        this.headers = headers;
        this.log = log;
        this.pieces = new Pieces(entry, log, tokenRate, this::left);
    }

    /** On top of what everybody waits. */
    public Duration delay() {
        return fault instanceof Fault.Slow slow ? Duration.ofMillis(slow.millis()) : Duration.ZERO;
    }

    public Turn answer() {
        if (fault instanceof Fault.Stall stall) {
            return question.stream() && stall.after() > 0 ? new Turn.Answer(stalled(stall.after())) : SILENCE;
        }
        if (fault instanceof Fault.Break broken && broken.after() == 0) {
            log.end(entry, Outcome.BROKEN);
            return new Turn.HangUp();
        }
        HttpResponse response = response();
        return new Turn.Answer(headers.isEmpty() ? response : response.addHeaders(headers));
    }

    /** The client closed the connection; no news if the answer was out. */
    public void left() {
        log.end(entry, fault instanceof Fault.Stall ? Outcome.STALLED : Outcome.CANCELLED);
        pieces.stop();
    }

    private HttpResponse response() {
        if (fault instanceof Fault.Status status) {
            log.end(entry, status.status() == 429 ? Outcome.RATE_LIMITED : Outcome.ERROR);
            return Mishaps.status(status, question.dialect());
        }
        if (fault instanceof Fault.Break broken) {
            return question.stream() ? brokenOff(broken.after()) : half();
        }
        if (fault instanceof Fault.Empty || fault instanceof Fault.Garbage) {
            log.end(entry, Outcome.ERROR);
            return Mishaps.unreadable(fault, question.stream());
        }
        return good(Mishaps.question(question, fault));
    }

    private HttpResponse good(Question asked) {
        if (asked.stream()) {
            List<ByteString> events = Voices.of(asked.dialect()).events(asked, entry.stamp());
            return answered(HttpEntities.createChunked(Pages.EVENTS, pieces.of(events, Source.empty(), Outcome.OK)));
        }
        byte[] answer = whole(asked);
        log.end(entry, Outcome.OK);
        return answered(HttpEntities.create(ContentTypes.APPLICATION_JSON, answer));
    }

    private HttpResponse answered(ResponseEntity entity) {
        return Pages.marked(question.dialect(), Pages.ok(entity));
    }

    private HttpResponse stalled(int after) {
        return Pages.ok(
                HttpEntities.createChunked(Pages.EVENTS, pieces.of(tokens(after), Source.maybe(), Outcome.STALLED)));
    }

    private HttpResponse brokenOff(int after) {
        return answered(HttpEntities.createCloseDelimited(
                Pages.EVENTS, pieces.of(tokens(after), Source.empty(), Outcome.BROKEN)));
    }

    private HttpResponse half() {
        byte[] answer = whole(question);
        ByteString half = ByteString.fromArray(Arrays.copyOf(answer, answer.length / 2));
        return answered(HttpEntities.createCloseDelimited(
                ContentTypes.APPLICATION_JSON, pieces.of(List.of(half), Source.empty(), Outcome.BROKEN)));
    }

    private byte[] whole(Question asked) {
        return Voices.of(asked.dialect()).whole(asked, entry.stamp());
    }

    /** So many tokens, but never the end of the answer. */
    private List<ByteString> tokens(int after) {
        List<ByteString> events = Voices.of(question.dialect()).events(question, entry.stamp());
        return events.subList(0, Math.min(after, events.size() - 1));
    }
}
