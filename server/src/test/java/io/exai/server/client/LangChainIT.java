package io.exai.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.McpPrompt;
import dev.langchain4j.mcp.client.McpResource;
import dev.langchain4j.mcp.client.McpRoot;
import dev.langchain4j.mcp.client.McpTextResourceContents;
import dev.langchain4j.mcp.client.transport.websocket.WebSocketMcpTransport;
import io.exai.server.e2e.Await;
import io.exai.server.e2e.Stand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * What LangChain4j can do with the fixtures, over its own WebSocket transport. It knows neither elicitation nor sampling, and
 * begins a new session when it connects again.
 */
class LangChainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of(), "--conformance");

    private final List<Double> progress = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private McpClient client;

    @BeforeAll
    static void silence() {
        // It warns of what is done to it here.
        ((Logger) LoggerFactory.getLogger("dev.langchain4j")).setLevel(Level.OFF);
    }

    @BeforeEach
    void connect() {
        client = connect(PATIENCE);
    }

    private McpClient connect(Duration deadline) {
        return new DefaultMcpClient.Builder()
                .transport(WebSocketMcpTransport.builder()
                        .url("ws://127.0.0.1:" + STAND.port() + "/mcp/ws")
                        .timeout(PATIENCE)
                        .build())
                .toolExecutionTimeout(deadline)
                .reconnectInterval(Duration.ofMillis(100))
                .cacheToolList(false)
                .roots(List.of(new McpRoot("work", "file:///work")))
                .progressHandler(notification -> progress.add(notification.progress()))
                .logHandler(message -> logged.add(message.data().asText()))
                .build();
    }

    @AfterEach
    void leave() throws Exception {
        client.close();
    }

    @Test
    void listsAndCallsTools() {
        assertThat(client.listTools()).extracting(ToolSpecification::name).contains("about", "test_simple_text");
        assertThat(call("test_simple_text")).isEqualTo("This is a simple text response for testing.");
        client.checkHealth();
    }

    @Test
    void tellsAnErrorOfATool() {
        var request = ToolExecutionRequest.builder().name("test_error_handling").build();
        assertThatThrownBy(() -> client.executeTool(request))
                .isInstanceOf(ToolExecutionException.class)
                .hasMessageContaining("intentionally");
    }

    @Test
    void namesItsRoots() {
        assertThat(call("test_input_required_result_list_roots")).contains("file:///work");
    }

    @Test
    void seesProgress() throws Exception {
        call("test_tool_with_progress");
        Await.until("all progress", PATIENCE, () -> progress.size() == 3);
        assertThat(progress).containsExactly(0.0, 50.0, 100.0);
    }

    @Test
    void hearsWhatAToolLogs() throws Exception {
        call("test_tool_with_logging");
        Await.until("all messages", PATIENCE, () -> logged.size() == 3);
        assertThat(logged).first().isEqualTo("Tool execution started");
    }

    @Test
    void readsResourcesAndGetsPrompts() {
        String watched = "test://watched-resource";
        assertThat(client.listResources()).extracting(McpResource::uri).contains(watched);
        var read = client.readResource("test://template/7/data").contents().get(0);
        assertThat(((McpTextResourceContents) read).text()).contains("\"id\":\"7\"");
        client.subscribeToResource(watched);
        client.unsubscribeFromResource(watched);
        assertThat(client.listPrompts()).extracting(McpPrompt::name).contains("test_simple_prompt");
        assertThat(client.getPrompt("test_simple_prompt", Map.of()).messages()).hasSize(1);
    }

    @Test
    void cancelsACallThatTakesTooLong() throws Exception {
        client.close();
        client = connect(Duration.ofMillis(500));
        var slow = ToolExecutionRequest.builder().name("slow_compute").arguments("{\"seconds\":60}");
        assertThat(client.executeTool(slow.build()).resultText()).contains("timeout");
        Await.until(
                "the daemon cancels it",
                PATIENCE,
                () -> STAND.daemon().log().stream()
                        .anyMatch(line -> line.contains("cancelled by the client") && line.contains("slow_compute")));
    }

    @Test
    void goesOnByItselfWhenTheDaemonIsBack() throws Exception {
        call("test_simple_text");
        STAND.daemon().kill();
        STAND.daemon().restart();
        Await.until("it works again", PATIENCE, this::works);
    }

    private boolean works() {
        try {
            return call("test_simple_text").startsWith("This is");
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private String call(String tool) {
        return client.executeTool(ToolExecutionRequest.builder()
                        .name(tool)
                        .arguments("{}")
                        .build())
                .resultText();
    }
}
