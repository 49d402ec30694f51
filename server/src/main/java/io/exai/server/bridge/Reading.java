package io.exai.server.bridge;

import io.exai.protocol.frame.Utf8;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.EnvelopePeek;
import io.exai.protocol.jsonrpc.EnvelopeReader;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message is, seen from both sides as the daemon would see it. Pure. */
final class Reading {
    /** Above this no tree is built, in bytes; the daemon's own default for what it reads whole. */
    private static final int LARGE = 10 << 20;

    /** The id of the outermost object, where it stands last, as some clients write it. */
    private static final Pattern LAST_ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"\\\\]*\"|-?[0-9]+)\\s*}\\s*$");

    private Reading() {}

    static Incoming of(byte[] message) {
        if (!Utf8.isValid(message, 0, message.length)) {
            return new Incoming.Malformed(null, RpcError.of(RpcError.PARSE_ERROR, "Parse error: not UTF-8"));
        }
        return message.length > LARGE
                ? peeked(EnvelopePeek.of(message, 0, message.length))
                : EnvelopeReader.read(message, 0, message.length);
    }

    private static Incoming peeked(EnvelopePeek peek) {
        if (peek.method() == null) {
            return peek.id() == null
                    ? new Incoming.Malformed(null, RpcError.of(RpcError.INVALID_REQUEST, "Invalid request"))
                    : new Incoming.Response(peek.id(), null, null);
        }
        return peek.id() == null
                ? new Incoming.Notification(peek.method(), WireJson.object())
                : new Incoming.Request(peek.id(), peek.method(), WireJson.object());
    }

    /** The id of a line that was skipped, if either of its ends tells. */
    static Optional<RequestId> id(Line.TooLong line) {
        RequestId first = EnvelopePeek.of(line.head(), 0, line.head().length).id();
        if (first != null) {
            return Optional.of(first);
        }
        Matcher last = LAST_ID.matcher(new String(line.tail(), StandardCharsets.UTF_8));
        return last.find() && last.group(1).length() <= RequestId.MAX_LENGTH
                ? Optional.of(new RequestId(last.group(1)))
                : Optional.empty();
    }
}
