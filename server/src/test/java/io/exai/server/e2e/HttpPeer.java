package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** An MCP client over Streamable HTTP, of either era; headers that a message implies are set unless told otherwise. */
final class HttpPeer {
    static final String MODERN = "2026-07-28";
    static final String SESSION = "Mcp-Session-Id";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI uri;
    private final Map<String, String> headers;

    private HttpPeer(URI uri, Map<String, String> headers) {
        this.uri = uri;
        this.headers = headers;
    }

    static HttpPeer at(int port) {
        return new HttpPeer(
                URI.create("http://127.0.0.1:" + port + "/mcp"),
                new TreeMap<>(
                        Map.of("Accept", "application/json, text/event-stream", "Content-Type", "application/json")));
    }

    /** After the handshake of that revision. */
    static HttpPeer initialized(int port, String revision) throws Exception {
        HttpPeer peer = at(port);
        ObjectNode hello = Messages.initialize("init");
        hello.withObject("/params").put("protocolVersion", revision);
        HttpResponse<String> welcome = peer.post(WireJson.write(hello));
        String session = welcome.headers().firstValue(SESSION).orElseThrow();
        return peer.with(SESSION, session).with("MCP-Protocol-Version", revision);
    }

    /** The same with another header; an empty value takes it out. */
    HttpPeer with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        if (value.isEmpty()) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return new HttpPeer(uri, more);
    }

    /** The same client at the next life of the daemon. */
    HttpPeer at(DaemonProcess daemon) {
        return new HttpPeer(at(daemon.port()).uri, headers);
    }

    /** A request as a modern client writes it. */
    static ObjectNode modern(ObjectNode request) {
        ObjectNode meta = request.withObject("/params").withObject("/_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", MODERN);
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        meta.putObject("io.modelcontextprotocol/clientInfo")
                .put("name", "end-to-end")
                .put("version", "1");
        return request;
    }

    /** This client with the headers that go with a modern request. */
    HttpPeer asking(ObjectNode request) {
        JsonNode params = request.path("params");
        String name = params.path("name").asText(params.path("uri").asText(""));
        return with("MCP-Protocol-Version", MODERN)
                .with("Mcp-Method", request.path("method").asText())
                .with("Mcp-Name", name);
    }

    /** Posts a modern request with its headers. */
    HttpResponse<String> ask(ObjectNode request) throws Exception {
        return asking(request).post(WireJson.write(request));
    }

    HttpResponse<String> post(ObjectNode message) throws Exception {
        return post(WireJson.write(message));
    }

    HttpResponse<String> post(String body) throws Exception {
        return HTTP.send(request("POST", body), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method) throws Exception {
        return HTTP.send(request(method, ""), BodyHandlers.ofString());
    }

    /** Posts, and reads the response as it comes. */
    EventReader open(ObjectNode message) throws Exception {
        return new EventReader(HTTP.send(request("POST", WireJson.write(message)), BodyHandlers.ofInputStream()));
    }

    /** GET, and reads the response as it comes. */
    EventReader listen() throws Exception {
        HttpResponse<InputStream> response = HTTP.send(request("GET", ""), BodyHandlers.ofInputStream());
        return new EventReader(response);
    }

    private HttpRequest request(String method, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    /** The message of a response, be it JSON or the last event of a stream. */
    static JsonNode message(HttpResponse<String> response) throws Exception {
        String body = response.body();
        int data = body.lastIndexOf("\ndata: ");
        return WireJson.parse(data < 0 ? body : body.substring(data + 7).strip());
    }
}
