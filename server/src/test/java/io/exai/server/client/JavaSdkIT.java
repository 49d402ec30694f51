package io.exai.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.exai.server.e2e.Await;
import io.exai.server.e2e.Stand;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.SubscribeRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.UnsubscribeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * What the official Java client can do with the fixtures, over HTTP. Version 2.1 can neither cancel a call nor come back to
 * the stream of one, and knows no tasks and nothing of 2026-07-28.
 */
class JavaSdkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String WATCHED = "test://watched-resource";

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of(), "--conformance");

    private JavaSdk sdk;
    private McpSyncClient client;

    @BeforeAll
    static void silence() {
        // It warns of what is done to it here.
        ((Logger) LoggerFactory.getLogger("io.modelcontextprotocol")).setLevel(Level.OFF);
    }

    @BeforeEach
    void connect() {
        sdk = JavaSdk.connect(STAND.port());
        client = sdk.client();
    }

    @AfterEach
    void leave() {
        sdk.close();
    }

    @Test
    void knowsWhomItSpeaksTo() {
        assertThat(client.getServerInfo().name()).isEqualTo("exai");
        assertThat(client.getCurrentInitializationResult().protocolVersion()).isEqualTo("2025-11-25");
        client.ping();
    }

    @Test
    void listsAndCallsTools() {
        assertThat(client.listTools().tools()).extracting(Tool::name).contains("about", "test_simple_text");
        assertThat(sdk.call("test_simple_text", Map.of())).isEqualTo("This is a simple text response for testing.");
    }

    @Test
    void tellsAnErrorOfAToolFromOneOfTheProtocol() {
        assertThat(client.callTool(request("test_error_handling")).isError()).isTrue();
        assertThatThrownBy(() -> client.callTool(request("no_such_tool"))).isInstanceOf(McpError.class);
    }

    @Test
    void fillsInAForm() {
        assertThat(sdk.call("test_elicitation", Map.of("message", "Who?")))
                .contains("action=accept", "ada@example.org");
    }

    @Test
    void asksItsModel() {
        assertThat(sdk.call("test_sampling", Map.of("prompt", "Capital?"))).isEqualTo("LLM response: Paris");
    }

    @Test
    void namesItsRoots() {
        assertThat(sdk.call("test_input_required_result_list_roots", Map.of())).contains("file:///work");
    }

    @Test
    void seesProgress() throws Exception {
        client.callTool(CallToolRequest.builder("test_tool_with_progress")
                .progressToken("token")
                .build());
        Await.until("all progress", PATIENCE, () -> sdk.progress().size() == 3);
        assertThat(sdk.progress()).containsExactly(0.0, 50.0, 100.0);
    }

    @Test
    void hearsWhatAToolLogs() throws Exception {
        client.setLoggingLevel(LoggingLevel.INFO);
        sdk.call("test_tool_with_logging", Map.of());
        Await.until("all messages", PATIENCE, () -> sdk.logged().size() == 3);
        assertThat(sdk.logged()).first().isEqualTo("Tool execution started");
    }

    @Test
    void hearsThatListsChange() throws Exception {
        Await.until("news of both", PATIENCE, () -> {
            sdk.call("test_trigger_tool_change", Map.of());
            sdk.call("test_trigger_prompt_change", Map.of());
            return sdk.changes().containsAll(List.of("tools", "prompts"));
        });
    }

    @Test
    void readsResourcesAndSubscribesToThem() {
        assertThat(client.listResources().resources()).extracting(Resource::uri).contains(WATCHED);
        assertThat(client.listResourceTemplates().resourceTemplates()).hasSize(1);
        var read = client.readResource(
                ReadResourceRequest.builder("test://template/7/data").build());
        assertThat(((TextResourceContents) read.contents().get(0)).text()).contains("\"id\":\"7\"");
        client.subscribeResource(SubscribeRequest.builder(WATCHED).build());
        client.unsubscribeResource(UnsubscribeRequest.builder(WATCHED).build());
    }

    @Test
    void getsAndCompletesPrompts() {
        String name = "test_prompt_with_arguments";
        assertThat(client.listPrompts().prompts()).extracting(Prompt::name).contains(name);
        var prompt = client.getPrompt(GetPromptRequest.builder(name)
                .arguments(Map.of("arg1", "a", "arg2", "b"))
                .build());
        assertThat(((TextContent) prompt.messages().get(0).content()).text()).contains("arg1='a'");
        var completed = client.completeCompletion(
                CompleteRequest.builder(new PromptReference(name), new CompleteArgument("arg1", "a"))
                        .build());
        assertThat(completed.completion().values()).isNotNull();
    }

    @Test
    void goesOnWhenTheDaemonIsBack() throws Exception {
        sdk.call("test_simple_text", Map.of());
        STAND.daemon().kill();
        STAND.daemon().restart();
        assertThat(sdk.call("test_elicitation", Map.of("message", "Still there?")))
                .contains("action=accept");
    }

    private static CallToolRequest request(String tool) {
        return CallToolRequest.builder(tool).arguments(Map.of()).build();
    }
}
