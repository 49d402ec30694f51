package io.exai.server.e2e;

import io.exai.protocol.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Frames that are wrong in every way a seeded generator comes upon, and now and then right. */
final class Nonsense {
    private static final int TEXT = WireFrame.FIN | WireFrame.TEXT;
    private static final int LONGEST = 300;

    private static final List<String> MESSAGES = List.of(
            WireJson.write(Messages.ping(1)),
            WireJson.write(Messages.initialize(2)),
            WireJson.write(Messages.request("three", "tools/list")),
            WireJson.write(Messages.chat(4, "a question")),
            WireJson.write(Messages.call(5, "version", WireJson.object())),
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4}}",
            "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"server/discover\",\"params\":{\"_meta\":{"
                    + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}");

    private final Random random;

    Nonsense(Random random) {
        this.random = random;
    }

    /** Bytes to send; {@code whole} when they are frames to the last byte, masked as they should be. */
    record Piece(byte[] bytes, boolean whole) {}

    Piece next() {
        int kind = random.nextInt(100);
        return switch (kind) {
            case 0, 1 -> new Piece(random(LONGEST), false);
            case 2, 3 -> new Piece(WireFrame.head(random.nextInt(256), random.nextLong()), false);
            default -> new Piece(frame(kind), true);
        };
    }

    private byte[] frame(int kind) {
        if (kind < 6) {
            return WireFrame.masked(random.nextInt(256), random.nextBoolean() ? message() : random(LONGEST));
        } else if (kind < 9) {
            return WireFrame.masked(TEXT, random(LONGEST));
        } else if (kind < 20) {
            return WireFrame.masked(WireFrame.FIN | WireFrame.PONG, random(125));
        } else if (kind < 30) {
            return WireFrame.masked(TEXT, nested());
        } else if (kind < 55) {
            return WireFrame.masked(TEXT, truncated(message()));
        }
        return WireFrame.masked(TEXT, kind < 90 ? mutated(message()) : message());
    }

    private byte[] message() {
        return MESSAGES.get(random.nextInt(MESSAGES.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] random(int longest) {
        byte[] bytes = new byte[random.nextInt(longest + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] truncated(byte[] message) {
        return java.util.Arrays.copyOf(message, random.nextInt(message.length));
    }

    /** Replaces up to four bytes by printable ones. */
    private byte[] mutated(byte[] message) {
        for (int change = random.nextInt(4); change >= 0; change--) {
            message[random.nextInt(message.length)] = (byte) (' ' + random.nextInt(95));
        }
        return message;
    }

    private byte[] nested() {
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        return open.repeat(random.nextInt(5000)).getBytes(StandardCharsets.UTF_8);
    }
}
