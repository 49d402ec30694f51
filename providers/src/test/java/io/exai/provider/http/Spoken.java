package io.exai.provider.http;

import io.exai.provider.fixture.WireVendor;
import java.nio.charset.StandardCharsets;

/** Parts of answers in both protocols, to be put together and cut. */
record Spoken(WireVendor vendor) {
    /** The first event of a stream. */
    String begin() {
        return vendor.speaksMessages()
                ? event("{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}")
                        + event("{\"type\":\"content_block_start\",\"index\":0,"
                                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
                : event("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
    }

    String token(String text) {
        return vendor.speaksMessages()
                ? event("{\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}}")
                : event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}");
    }

    /** A call whose arguments have begun. */
    String halfACall() {
        return vendor.speaksMessages()
                ? event("{\"type\":\"content_block_start\",\"index\":1,\"content_block\":"
                                + "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"weather\",\"input\":{}}}")
                        + event("{\"type\":\"content_block_delta\",\"index\":1,"
                                + "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"ci\"}}")
                : event("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\","
                        + "\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"ci\"}}]}}]}");
    }

    /** Why the answer ended; the end mark is still to come. */
    String reason() {
        return vendor.speaksMessages()
                ? event("{\"type\":\"content_block_stop\",\"index\":0}")
                        + event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"usage\":{\"output_tokens\":2}}")
                : event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}");
    }

    String mark() {
        return vendor.speaksMessages() ? event("{\"type\":\"message_stop\"}") : event("[DONE]");
    }

    /** A whole answer as one document. */
    String document(String text) {
        return vendor.speaksMessages()
                ? "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}],\"stop_reason\":\"end_turn\","
                        + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}"
                : "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}";
    }

    static String head(boolean stream) {
        String type = stream ? "text/event-stream" : "application/json";
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n";
    }

    static String chunked(String body) {
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(size) + "\r\n" + body + "\r\n";
    }

    static String sized(String type, int size, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + size + "\r\n\r\n" + body;
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
