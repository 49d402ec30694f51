package io.exai.server.edge;

import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * What a web page of an allowed origin may read and send.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
final class CrossOrigin {
    private CrossOrigin() {}

    static HttpResponse allow(HttpResponse response, String origin) {
        return response.addHeader(RawHeader.create("Access-Control-Allow-Origin", origin))
                .addHeader(RawHeader.create("Vary", "Origin"))
                .addHeader(RawHeader.create("Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate"));
    }

    /** The answer to a browser that asks first. */
    static HttpResponse preflight(String origin) {
        return allow(HttpReply.empty(204), origin)
                .addHeader(RawHeader.create("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS"))
                .addHeader(RawHeader.create(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Accept, Last-Event-ID, Mcp-Session-Id, MCP-Protocol-Version, "
                                + "Mcp-Method, Mcp-Name"))
                .addHeader(RawHeader.create("Access-Control-Max-Age", "600"));
    }
}
