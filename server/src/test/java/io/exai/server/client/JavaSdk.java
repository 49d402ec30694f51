package io.exai.server.client;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.Root;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connected client of the official Java SDK, with a user and a model that always answer, and what it has heard. */
final class JavaSdk implements AutoCloseable {
    private final List<Double> progress = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final McpSyncClient client;

    private JavaSdk(int port) {
        client = McpClient.sync(HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
                        .openConnectionOnStartup(true)
                        .build())
                .requestTimeout(Duration.ofSeconds(30))
                .capabilities(ClientCapabilities.builder()
                        .roots(true)
                        .sampling()
                        .elicitation()
                        .build())
                .roots(new Root("file:///work", "work"))
                .sampling(request -> CreateMessageResult.builder(Role.ASSISTANT, "Paris", "none")
                        .build())
                .elicitation(form -> ElicitResult.builder(ElicitResult.Action.ACCEPT)
                        .content(Map.of("username", "ada", "email", "ada@example.org"))
                        .build())
                .progressConsumer(notification -> progress.add(notification.progress()))
                .loggingConsumer(message -> logged.add(message.data()))
                .toolsChangeConsumer(tools -> changes.add("tools"))
                .promptsChangeConsumer(prompts -> changes.add("prompts"))
                .build();
    }

    static JavaSdk connect(int port) {
        JavaSdk sdk = new JavaSdk(port);
        sdk.client.initialize();
        return sdk;
    }

    McpSyncClient client() {
        return client;
    }

    /** The first text that a tool answers with. */
    String call(String tool, Map<String, Object> arguments) {
        var result = client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
        return ((TextContent) result.content().get(0)).text();
    }

    List<Double> progress() {
        return progress;
    }

    List<String> logged() {
        return logged;
    }

    /** Names of the lists that have changed. */
    List<String> changes() {
        return changes;
    }

    @Override
    public void close() {
        client.close();
    }
}
