package io.exai.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers against bodies, as the specification of 2026-07-28 tabulates them. */
class ModernHeadersTest {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}";

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{"
            + "\"text\":{\"type\":\"string\",\"x-mcp-header\":\"Text\"},"
            + "\"size\":{\"type\":\"integer\",\"x-mcp-header\":\"Size\"},"
            + "\"dry\":{\"type\":\"boolean\",\"x-mcp-header\":\"Dry\"},"
            + "\"at\":{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\",\"x-mcp-header\":\"Zone\"}}},"
            + "\"plain\":{\"type\":\"string\"}}}";

    /** Version, method and name header ({@code -} for none), and what is wrong ({@code -} for nothing). */
    @ParameterizedTest
    @CsvSource({
        "2026-07-28, tools/call, chat,                  -",
        "2026-07-28, tools/call, ' chat ',              -",
        "2026-07-28, tools/call, =?base64?Y2hhdA==?=,   -",
        "-,          tools/call, chat,                  MCP-Protocol-Version",
        "2025-11-25, tools/call, chat,                  MCP-Protocol-Version",
        "2026-07-28, -,          chat,                  Mcp-Method",
        "2026-07-28, tools/list, chat,                  Mcp-Method",
        "2026-07-28, Tools/Call, chat,                  Mcp-Method",
        "2026-07-28, tools/call, -,                     Mcp-Name",
        "2026-07-28, tools/call, '',                    Mcp-Name",
        "2026-07-28, tools/call, Chat,                  Mcp-Name",
        "2026-07-28, tools/call, =?base64?Y2hhdA?=,     Mcp-Name",
        "2026-07-28, tools/call, =?BASE64?Y2hhdA==?=,   Mcp-Name",
        "2026-07-28, tools/call, =?base64?Y2h!dA==?=,   Mcp-Name",
        "2026-07-28, tools/call, =?base64??=,           Mcp-Name",
        "2026-07-28, tools/call, =?base64?=,            Mcp-Name",
    })
    void namesTheFirstHeaderThatDoesNotRepeatTheBody(String version, String method, String name, String wrong) {
        ModernHeaders headers = headers(
                ModernHeaders.PROTOCOL_VERSION, version, ModernHeaders.METHOD, method, ModernHeaders.NAME, name);

        Optional<RpcError> problem = headers.problem("tools/call", json("{\"name\":\"chat\"," + META + "}"));

        assertProblem(problem, wrong);
    }

    /** Method, the parameter that the name repeats, and whether it must. */
    @ParameterizedTest
    @CsvSource({
        "tools/call,      name,   true",
        "prompts/get,     name,   true",
        "resources/read,  uri,    true",
        "tasks/get,       taskId, true",
        "tasks/update,    taskId, true",
        "tasks/cancel,    taskId, true",
        "tools/list,      name,   false",
        "server/discover, uri,    false",
        "tools/call,      uri,    false",
    })
    void wantsANameForMethodsThatHaveOne(String method, String parameter, boolean wanted) {
        ModernHeaders headers = headers(ModernHeaders.PROTOCOL_VERSION, "2026-07-28", ModernHeaders.METHOD, method);

        Optional<RpcError> problem = headers.problem(method, json("{\"" + parameter + "\":\"x\"," + META + "}"));

        assertProblem(problem, wanted ? "Mcp-Name" : "-");
    }

    /** Arguments, the headers that repeat them, and what is wrong: the examples and the table of the page. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                              | -                                                   | -",
                "{\"plain\":\"x\"}               | -                                                   | -",
                "{\"text\":null}                 | -                                                   | -",
                "{\"text\":null}                 | Text: null                                          | Mcp-Param-Text",
                "{}                              | Text: us-west1                                      | Mcp-Param-Text",
                "{\"text\":\"us-west1\"}         | Text: us-west1                                      | -",
                "{\"text\":\"us-west1\"}         | TEXT: us-west1                                      | -",
                "{\"text\":\"us-west1\"}         | -                                                   | Mcp-Param-Text",
                "{\"text\":\"us-west1\"}         | Text: us-west2                                      | Mcp-Param-Text",
                "{\"text\":\"Hello, 世界\"}      | Text: =?base64?SGVsbG8sIOS4lueVjA==?=               | -",
                "{\"text\":\" padded \"}         | Text: =?base64?IHBhZGRlZCA=?=                       | -",
                "{\"text\":\" padded \"}         | Text: padded                                        | Mcp-Param-Text",
                "{\"text\":\"line1\\nline2\"}    | Text: =?base64?bGluZTEKbGluZTI=?=                   | -",
                "{\"text\":\"=?base64?literal?=\"}| Text: =?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=          | -",
                "{\"text\":\"=?base64?literal?=\"}| Text: =?base64?literal?=                           | Mcp-Param-Text",
                "{\"size\":42}                   | Size: 42                                            | -",
                "{\"size\":42}                   | Size: 42.0                                          | -",
                "{\"size\":42.0}                 | Size: 42                                            | -",
                "{\"size\":-7}                   | Size: -7                                            | -",
                "{\"size\":42}                   | Size: 43                                            | Mcp-Param-Size",
                "{\"size\":42}                   | Size: forty-two                                     | Mcp-Param-Size",
                "{\"dry\":true}                  | Dry: true                                           | -",
                "{\"dry\":true}                  | Dry: True                                           | Mcp-Param-Dry",
                "{\"at\":{\"zone\":\"a\"}}       | Zone: a                                             | -",
                "{\"at\":{\"zone\":\"a\"}}       | Zone: b                                             | Mcp-Param-Zone",
                "{\"at\":{}}                     | Zone: a                                             | Mcp-Param-Zone",
                "{\"at\":7}                      | -                                                   | -",
                "{\"zone\":\"a\"}                | -                                                   | -",
            })
    void holdsArgumentsAgainstTheirHeaders(String arguments, String header, String wrong) {
        String[] parts = header.split(": ", 2);
        ModernHeaders headers = parts.length == 2 ? headers("Mcp-Param-" + parts[0], parts[1]) : headers();

        assertProblem(headers.problem(json(SCHEMA), json(arguments)), wrong);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":7}",
                "{\"properties\":{\"a\":7}}",
                "{}",
                "{\"properties\":{\"a\":{\"x-mcp-header\":1}}}"
            })
    void findsNoMarksInStrangeSchemas(String schema) {
        assertThat(headers().problem(json(schema), json("{\"a\":1}"))).isEmpty();
    }

    @Test
    void showsNoMoreOfAHeaderThanFitsALine() {
        ModernHeaders headers = headers(ModernHeaders.PROTOCOL_VERSION, "9".repeat(5_000));

        Optional<RpcError> problem = headers.problem("tools/list", json("{" + META + "}"));

        assertThat(problem.orElseThrow().message()).hasSizeLessThan(300);
    }

    private static void assertProblem(Optional<RpcError> problem, String header) {
        if (header.equals("-")) {
            assertThat(problem).isEmpty();
        } else {
            assertThat(problem).hasValueSatisfying(error -> {
                assertThat(error.code()).isEqualTo(RpcError.HEADER_MISMATCH);
                assertThat(error.message()).startsWith(header + ": ").contains("expected");
            });
        }
    }

    /** Names and values in turn; a value {@code -} stands for no such header. */
    private static ModernHeaders headers(String... given) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < given.length; i += 2) {
            if (!given[i + 1].equals("-")) {
                byName.put(given[i], given[i + 1]);
            }
        }
        return new ModernHeaders(name -> Optional.ofNullable(byName.get(name)));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) WireJson.parse(text);
        } catch (MalformedJson mistake) {
            throw new AssertionError(text, mistake);
        }
    }
}
