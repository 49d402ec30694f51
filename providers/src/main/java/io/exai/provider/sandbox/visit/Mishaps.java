package io.exai.provider.sandbox.visit;

import io.exai.provider.sandbox.fault.Fault;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Reply;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Pages;
import io.exai.provider.sandbox.wire.Refusal;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Makes the bad answers of the faults. */
public final class Mishaps {
    private static final String LINE = "x".repeat(1_023) + ' ';
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] GARBAGE = "{\"id\":\"sandbox\",\"choices\":[{\"mess".getBytes(StandardCharsets.UTF_8);
    private static final byte[] GARBAGE_EVENT =
            "data: {\"id\":\"sandbox\",\"choices\":[{\"del\n\n".getBytes(StandardCharsets.UTF_8);

    private Mishaps() {}

    /** The bad answer to what is no chat; null when the fault cannot happen there. */
    public static @Nullable HttpResponse aside(@Nullable Fault fault, Dialect dialect) {
        if (fault instanceof Fault.Status status) {
            return status(status, dialect);
        }
        return fault instanceof Fault.Empty || fault instanceof Fault.Garbage ? unreadable(fault, false) : null;
    }

    static HttpResponse status(Fault.Status fault, Dialect dialect) {
        String body = fault.body();
        HttpResponse bare = Pages.status(fault.status());
        HttpResponse response = !bare.status().allowsEntity()
                ? bare
                : body == null
                        ? Pages.refusal(dialect, Refusal.of(fault.status(), "The sandbox fails on purpose"))
                        : bare.withEntity(HttpEntities.create(
                                body.startsWith("{") ? ContentTypes.APPLICATION_JSON : ContentTypes.TEXT_HTML_UTF8,
                                body.getBytes(StandardCharsets.UTF_8)));
        String retryAfter = fault.retryAfter();
        return retryAfter == null ? response : Pages.retryAfter(response, retryAfter);
    }

    static HttpResponse unreadable(@Nullable Fault fault, boolean stream) {
        byte[] body = fault instanceof Fault.Empty ? NOTHING : stream ? GARBAGE_EVENT : GARBAGE;
        return Pages.ok(HttpEntities.create(stream ? Pages.EVENTS : ContentTypes.APPLICATION_JSON, body));
    }

    /** The question as the fault wants it answered. */
    static Question question(Question question, @Nullable Fault fault) {
        if (fault instanceof Fault.Blank) {
            return question.withReply(Reply.text(""));
        }
        if (fault instanceof Fault.Huge huge) {
            int lines = huge.bytes() / LINE.length() + 1;
            return question.withReply(Reply.text(LINE.repeat(lines).substring(0, huge.bytes())));
        }
        return question;
    }
}
