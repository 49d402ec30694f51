package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages of MCP clients of every revision: most of them broken in ways that a seed decides. */
final class MutatedMessages {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}},"
            + "\"io.exai/idempotencyKey\":\"k\",\"progressToken\":1}";
    private static final List<String> METHODS = List.of(
            "initialize",
            "ping",
            "server/discover",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "logging/setLevel",
            "tasks/get",
            "tasks/result",
            "tasks/list",
            "tasks/cancel",
            "tasks/update",
            "subscriptions/listen",
            "sampling/createMessage",
            "no/such");
    private static final List<String> PARAMS = List.of(
            "",
            "\"name\":\"chat\",\"arguments\":{\"prompt\":\"hi\"}",
            "\"name\":\"version\",\"arguments\":{}",
            "\"name\":\"chat\",\"arguments\":{\"prompt\":\"hi\"},\"task\":{\"ttl\":1000}",
            "\"name\":\"chat\",\"requestState\":\"AAAA\",\"inputResponses\":{\"a\":{}}",
            "\"name\":\"debug\",\"arguments\":{\"error\":\"x\"}",
            "\"uri\":\"exai://models\"",
            "\"level\":\"info\"",
            "\"cursor\":\"MQ\"",
            "\"taskId\":\"0123456789012345678901.0123456789012345678901\",\"inputResponses\":{}",
            "\"notifications\":{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a:1\"],\"taskIds\":[\"t\"]}",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"chat\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}",
            "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}");
    private static final List<String> OTHERS = List.of(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4,\"reason\":\"r\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"exai-1\",\"result\":{\"action\":\"accept\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"exai-1\",\"error\":{\"code\":-1,\"message\":\"m\"}}",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}]");
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "7",
            "-0",
            "1e999",
            "1.5",
            "\"\"",
            "{}",
            "[]",
            "[[[[[[",
            "{\"a\":",
            "\"\\ud800\"",
            "\\u0000",
            "9999999999999999999999",
            "\"x\",",
            "}",
            "]",
            ",",
            ":",
            "\u4e16",
            "\"_meta\":7,",
            "\"params\":[],",
            "\"id\":{},");

    private final Random random;

    MutatedMessages(long seed) {
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] message = (random.nextInt(12) == 0 ? pick(OTHERS) : request()).getBytes(UTF_8);
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> message;
            case 4 -> Arrays.copyOf(message, random.nextInt(message.length + 1));
            case 5, 6 -> bytes(message);
            case 7, 8 -> tokens(message);
            default -> random.nextInt(8) == 0 ? noise() : spliced(message);
        };
    }

    /** Any method with any parameters, of either era. */
    private String request() {
        List<String> params = new ArrayList<>();
        params.add(pick(PARAMS));
        params.add(random.nextBoolean() ? META : "");
        params.removeIf(String::isEmpty);
        String id = random.nextBoolean() ? "" + random.nextInt(1_000) : "\"s" + random.nextInt(1_000) + '"';
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + pick(METHODS) + "\",\"params\":{"
                + String.join(",", params) + "}}";
    }

    private byte[] bytes(byte[] message) {
        for (int change = random.nextInt(4); change >= 0; change--) {
            message[random.nextInt(message.length)] =
                    (byte) (random.nextInt(3) == 0 ? random.nextInt() : ' ' + random.nextInt(95));
        }
        return message;
    }

    /** Puts a piece of JSON where a value or a member may begin, or anywhere. */
    private byte[] tokens(byte[] message) {
        String text = new String(message, UTF_8);
        int at = random.nextInt(text.length());
        int colon = text.indexOf(random.nextBoolean() ? ':' : '{', at);
        int from = colon < 0 ? at : colon + 1;
        int to = Math.min(text.length(), from + random.nextInt(12));
        return (text.substring(0, from) + pick(TOKENS) + text.substring(to)).getBytes(UTF_8);
    }

    /** The beginning of one message and the end of another. */
    private byte[] spliced(byte[] message) {
        String first = new String(message, UTF_8);
        String second = request();
        return (first.substring(0, random.nextInt(first.length())) + second.substring(random.nextInt(second.length())))
                .getBytes(UTF_8);
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(3_000)];
        random.nextBytes(noise);
        return noise;
    }

    String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
