package io.exai.provider.http;

import io.exai.provider.fixture.WireVendor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** A valid stream of one vendor, made up at random, and what can happen to it on its way. */
final class RandomStream {
    private static final String[] WORDS = {
        "sky ", "blue", " ", "\\n", "青い", "😀", "\\\"", "\\u0000", "data: ", "[DONE]", "{}", "\\ud83d"
    };
    private static final String[] GARBAGE = {
        "data: {\"choices\":[]}",
        "data: null",
        "data: []",
        "data: 7",
        "data:",
        "event: error",
        "id: 1",
        "retry: 10",
        ": comment",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{}]}}]}",
        "\u0000\u0001",
        "}{",
        "data: {\"error\":{}}",
        "data: {\"error\":[]}",
        "data: {\"choices\":{\"a\":1},\"usage\":\"much\"}",
        "data: {\"choices\":[{\"delta\":{\"content\":[1]},\"finish_reason\":7}]}",
        "data: {\"type\":\"content_block_start\",\"content_block\":\"text\"}",
        "data: {\"type\":\"message_stop\"}",
        "data: {\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\"}}",
        "data: {\"type\":7}",
        "data: {\"type\":\"content_block_start\",\"content_block\":{\"type\":\"thinking\"}}",
        "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"input_tokens\":-5}}",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":-1,\"id\":7,\"function\":\"f\"}]}}]}",
    };

    private final Spoken spoken;
    private final RandomGenerator random;
    private final StringBuilder text = new StringBuilder();

    RandomStream(WireVendor vendor, RandomGenerator random) {
        this.spoken = new Spoken(vendor);
        this.random = random;
    }

    /** The text in it, as JSON writes it. */
    String text() {
        return text.toString();
    }

    /** Ends for sure with a reason, a mark, or both; there is always a text. */
    String valid() {
        var stream = new StringBuilder(spoken.begin());
        add(stream, "Hi");
        for (int i = random.nextInt(6); i > 0; i--) {
            add(stream, WORDS[random.nextInt(WORDS.length - 1)]);
            stream.append(random.nextInt(4) == 0 ? ": keep-alive\n\n" : "");
        }
        if (random.nextInt(4) == 0) {
            return stream.append(spoken.mark()).toString();
        }
        return stream.append(spoken.reason())
                .append(random.nextBoolean() ? spoken.mark() : "")
                .toString();
    }

    private void add(StringBuilder stream, String word) {
        text.append(word);
        stream.append(spoken.token(word));
    }

    /** What has become of those bytes. */
    byte[] mutated(byte[] bytes) {
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flipped(bytes);
            case 2 -> inserted(bytes, noise(random.nextInt(40)));
            default -> lines(bytes);
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && flipped.length > 0; i--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] inserted(byte[] bytes, byte[] more) {
        int at = random.nextInt(bytes.length + 1);
        byte[] inserted = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, inserted, at, more.length);
        System.arraycopy(bytes, at, inserted, at + more.length, bytes.length - at);
        return inserted;
    }

    private byte[] lines(byte[] bytes) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1)));
        int one = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(one);
            case 1 -> lines.add(other, lines.get(one));
            case 2 -> Collections.swap(lines, one, other);
            case 3 -> lines.add(one, GARBAGE[random.nextInt(GARBAGE.length)] + "\n");
            default -> lines.set(one, lines.get(one).replaceFirst("\"[a-z_]+\":\"", "$0" + "x".repeat(5000)));
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes in pieces of any size. */
    List<byte[]> pieces(byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(200));
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }
}
