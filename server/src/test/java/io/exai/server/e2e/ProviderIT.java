package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A daemon with five vendors, all of them played by a sandbox that is as strict as they are. */
@Timeout(120)
class ProviderIT {
    private static final String KEY = "sk-end-to-end-0123456789";
    private static final String PIXEL =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
                    + "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    @TempDir
    private static Path folder;

    private static SandboxProcess sandbox;
    private static DaemonProcess daemon;
    private static HttpPeer peer;
    private static int calls;

    @BeforeAll
    static void start() throws Exception {
        sandbox = SandboxProcess.start("--api-key", KEY);
        String base = sandbox.url().replaceFirst("/v1$", "");
        daemon = DaemonProcess.start(
                folder.resolve("data"),
                Map.of(
                        "KIMI_API_KEY",
                        KEY,
                        "KIMI_API_URL",
                        base + "/kimi/v1",
                        "GLM_API_KEY",
                        KEY,
                        "GLM_API_URL",
                        base + "/glm/api/paas/v4",
                        "OPENAI_API_KEY",
                        KEY,
                        "OPENAI_BASE_URL",
                        base + "/openai/v1",
                        "MINIMAX_API_KEY",
                        KEY,
                        "MINIMAX_API_URL",
                        base + "/minimax/anthropic"),
                "-D",
                "exai.providers.vendors.anthropic.api-key=" + KEY,
                "-D",
                "exai.providers.vendors.anthropic.base-url=" + base + "/anthropic",
                "-D",
                "exai.providers.route.fallback=never");
        peer = HttpPeer.initialized(daemon.port(), "2025-11-25");
    }

    @AfterAll
    static void stop() {
        daemon.close();
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "kimi-latest, kimi",
        "moonshot-v1-8k, kimi",
        "glm-4.5-flash, glm",
        "gpt-4.1-mini, openai",
        "claude-haiku, anthropic",
        "MiniMax-M2, minimax",
    })
    void asksEachVendorInItsOwnWords(String model, String provider) throws Exception {
        for (boolean streamed : new boolean[] {true, false}) {
            JsonNode answer = ask(arguments(model), streamed);
            assertThat(Messages.text(answer)).as(answer.toString()).isEqualTo("[sandbox] You said: call " + calls);
            assertThat(Messages.meta(answer, "provider").asText()).isEqualTo(provider);
            assertThat(Messages.meta(answer, "usage").path("outputTokens").asInt())
                    .isPositive();
            assertThat(Messages.meta(answer, "usage").path("inputTokens").asInt())
                    .isPositive();
            assertThat(Messages.meta(answer, "timing").has("firstTokenMillis")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"kimi-k2-thinking", "glm-4.6", "claude-sonnet", "MiniMax-M2"})
    void tellsWhatAModelThought(String model) throws Exception {
        JsonNode answer = ask(arguments(model).put("thinking_mode", "high"), true);
        assertThat(Messages.text(answer)).as(answer.toString()).isEqualTo("[sandbox] You said: call " + calls);
        assertThat(Messages.meta(answer, "reasoning").asText()).startsWith("[sandbox] thinking about: call");
    }

    @ParameterizedTest
    @CsvSource({"kimi-latest", "glm-4.6"})
    void letsTheVendorSearch(String model) throws Exception {
        ObjectNode arguments = arguments(model).put("use_websearch", true);
        arguments.put("prompt", arguments.path("prompt").asText() + " [search]");
        JsonNode answer = ask(arguments, true);
        assertThat(Messages.text(answer))
                .as(answer.toString())
                .isEqualTo("[sandbox] You said: call " + calls + " [search]");
    }

    @ParameterizedTest
    @CsvSource({"kimi-latest", "glm-4.5v", "gpt-4.1", "claude-haiku"})
    void showsPictures(String model) throws Exception {
        ObjectNode arguments = arguments(model);
        arguments.putArray("images").add(PIXEL).add(PIXEL);
        JsonNode answer = ask(arguments, false);
        assertThat(Messages.text(answer)).as(answer.toString()).endsWith("call " + calls + " (2 images)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"thinking_mode\":\"loud\"} | thinking_mode",
                "{\"use_websearch\":\"yes\"} | use_websearch",
                "{\"temperature\":1.01} | temperature",
                "{\"images\":\"https://example.org/a.png\"} | images",
                "{\"images\":[\"file:///etc/passwd\"]} | images",
                "{\"images\":[\"data:image/svg+xml;base64,AAAA\"]} | images",
                "{\"model\":\"\"} | model",
            })
    void namesAnArgumentThatIsWrong(String wrong, String field) throws Exception {
        ObjectNode arguments = arguments("kimi-latest");
        arguments.setAll((ObjectNode) WireJson.parse(wrong));
        JsonNode answer = ask(arguments, false);
        assertThat(answer.toString()).contains("VALIDATION_ERROR", field).doesNotContain("[sandbox]");
    }

    @Test
    void searchesWithoutAModel() throws Exception {
        String base = sandbox.url().replaceFirst("/v1$", "");
        Map<String, String> environment = Map.of("GLM_API_KEY", KEY, "GLM_API_URL", base + "/glm/api/paas/v4");
        JarProcess.Ending found = JarProcess.run(environment, "search", "blue sky", "--count", "2");
        assertThat(found.status()).as(found.err().toString()).isZero();
        assertThat(String.join("\n", found.out())).contains("blue sky", "https://");
        JarProcess.Ending refused = JarProcess.run(environment, "search", "blue".repeat(18));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).containsExactly("exai: glm takes no query of 72 characters (expected: 1 to 70)");
    }

    @Test
    void tellsWhatAnAnswerCostsAndKeepsBooks() throws Exception {
        JsonNode answer = ask(arguments("kimi-latest"), false);
        JsonNode usage = Messages.meta(answer, "usage");
        double expected = (2.0 * usage.path("inputTokens").asInt()
                        + 5.0 * usage.path("outputTokens").asInt())
                / 1e6;
        assertThat(Messages.meta(answer, "cost").path("usd").asDouble()).isEqualTo(expected);
        ObjectNode status = Messages.call("status", "status", WireJson.object());
        Await.until(
                "the cost is in the status",
                Duration.ofSeconds(10),
                () -> HttpPeer.message(peer.post(status))
                        .path("result")
                        .path("structuredContent")
                        .path("spentTodayUsd")
                        .asDouble(),
                spent -> spent >= expected);
    }

    @ParameterizedTest
    @CsvSource({"kimi, KIMI_API_URL, /kimi/v1", "glm, GLM_API_URL, /glm/v4"})
    void keepsFilesWithAVendor(String provider, String variable, String path) throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "what is in it");
        String base = sandbox.url().replaceFirst("/v1$", "");
        Map<String, String> environment =
                Map.of(provider.toUpperCase(Locale.ROOT) + "_API_KEY", KEY, variable, base + path);
        String id = run(environment, "upload", file.toString(), "--provider", provider);
        assertThat(run(environment, "list", "--provider", provider)).contains(id, "notes.txt");
        assertThat(run(environment, "content", id, "--provider", provider)).isEqualTo("what is in it");
        assertThat(run(environment, "delete", id, "--provider", provider)).isEqualTo(id);
        assertThat(run(environment, "list", "--provider", provider)).doesNotContain("notes.txt");
    }

    private static String run(Map<String, String> environment, String... words) throws Exception {
        String[] all = Stream.concat(Stream.of("files"), Stream.of(words)).toArray(String[]::new);
        JarProcess.Ending ending = JarProcess.run(environment, all);
        assertThat(ending.status()).as(ending.err().toString()).isZero();
        return String.join("\n", ending.out());
    }

    private static ObjectNode arguments(String model) {
        calls++;
        return WireJson.object().put("prompt", "call " + calls).put("model", model);
    }

    private static JsonNode ask(ObjectNode arguments, boolean streamed) throws Exception {
        ObjectNode call = Messages.call(calls, "chat", arguments);
        if (streamed) {
            call.withObject("/params/_meta").put("progressToken", calls);
        }
        return HttpPeer.message(peer.post(call));
    }
}
