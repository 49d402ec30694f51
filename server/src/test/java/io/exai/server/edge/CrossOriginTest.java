package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;

class CrossOriginTest {
    private static final String ORIGIN = "https://app.example";

    @Test
    void namesTheOneOriginThatAsked() {
        HttpResponse allowed = CrossOrigin.allow(HttpReply.empty(202), ORIGIN);

        assertThat(allowed.status().intValue()).isEqualTo(202);
        assertThat(header(allowed, "Access-Control-Allow-Origin")).containsExactly(ORIGIN);
        assertThat(header(allowed, "Vary")).contains("Origin");
    }

    @Test
    void letsPagesReadTheSessionAndHowToComeIn() {
        HttpResponse allowed = CrossOrigin.allow(HttpReply.error(401, "no"), ORIGIN);

        assertThat(header(allowed, "Access-Control-Expose-Headers"))
                .containsExactlyInAnyOrder("Mcp-Session-Id", "WWW-Authenticate");
        assertThat(header(allowed, "Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void allowsWhatClientsOfBothErasSend() {
        HttpResponse preflight = CrossOrigin.preflight(ORIGIN);

        assertThat(preflight.status().intValue()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).containsExactly(ORIGIN);
        assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("GET", "POST", "DELETE");
        assertThat(header(preflight, "Access-Control-Allow-Headers"))
                .contains(
                        "Authorization",
                        "Content-Type",
                        "Last-Event-ID",
                        "Mcp-Session-Id",
                        "MCP-Protocol-Version",
                        "Mcp-Method",
                        "Mcp-Name");
        assertThat(header(preflight, "Access-Control-Max-Age")).containsExactly("600");
    }

    /** The values of a list. */
    private static List<String> header(HttpResponse response, String name) {
        return response.getHeader(name).map(HttpHeader::value).stream()
                .flatMap(value -> Arrays.stream(value.split(", ")))
                .toList();
    }
}
