package io.exai.server.bench.load;

import java.nio.charset.StandardCharsets;

/** What a client says: its handshake, then one tool call after the other, no two of them equal. */
final class Script {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
            "capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    /** Stands in the arguments for what no other call of any generator has there. */
    private static final String UNIQUE = "#";

    private final byte[] upgrade;
    private final String params;
    private final String generator = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private long calls;

    Script(int port, String path, String tool, String arguments) {
        this.upgrade = bytes("""
                GET %s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                Sec-WebSocket-Protocol: mcp\r
                \r
                """.formatted(path, port));
        this.params =
                ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}";
    }

    byte[] upgrade() {
        return upgrade;
    }

    byte[] initialize() {
        return Frame.masked(Frame.TEXT, bytes(INITIALIZE));
    }

    byte[] initialized() {
        return Frame.masked(Frame.TEXT, bytes(INITIALIZED));
    }

    byte[] call(long id) {
        return Frame.masked(
                Frame.TEXT,
                bytes("{\"jsonrpc\":\"2.0\",\"id\":" + id + params.replace(UNIQUE, generator + "-" + ++calls)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
