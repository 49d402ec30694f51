package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.server.wire.Conversation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A bridge in a process of its own, and the client at its standard streams. */
final class BridgeProcess implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JAR = System.getProperty("exai.jar", "target/exai.jar");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final Conversation conversation = new Conversation();
    private final Lines out;
    private final Lines err;

    private BridgeProcess(Process process) {
        this.process = process;
        this.out = Lines.of(process.getInputStream());
        this.err = Lines.of(process.getErrorStream());
    }

    /** To a daemon on that port of this machine. */
    static BridgeProcess to(int port, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--url", "ws://127.0.0.1:" + port + "/mcp/ws"));
        all.addAll(List.of("--max-retry-delay", "0.5"));
        all.addAll(List.of(options));
        return start(Map.of(), all.toArray(String[]::new));
    }

    static BridgeProcess start(Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx128m", "-jar", JAR, "stdio"));
        command.addAll(List.of(options));
        return run(environment, command);
    }

    /** Under a shell, which finds what starts the bridge in {@code $BRIDGE}. */
    static BridgeProcess shell(Map<String, String> environment, String script) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("BRIDGE", JAVA + " -Xmx128m -jar " + JAR + " stdio");
        return run(all, List.of("sh", "-c", script));
    }

    private static BridgeProcess run(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", ""));
        builder.environment().putAll(environment);
        return new BridgeProcess(builder.start());
    }

    void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void say(JsonNode message) throws IOException {
        conversation.said(message);
        say(WireJson.write(message));
    }

    /** Sends a request and waits for its answer. */
    JsonNode ask(ObjectNode request) throws Exception {
        say(request);
        return answer(request.get("id"));
    }

    JsonNode answer(JsonNode id) throws Exception {
        return Await.until("an answer to " + id, PATIENCE, () -> answers(id), answers -> !answers.isEmpty())
                .get(0);
    }

    List<JsonNode> answers(JsonNode id) throws Exception {
        return heard().stream().filter(message -> id.equals(message.get("id"))).toList();
    }

    /** Introduces itself as a client of the legacy era does. */
    JsonNode initialize() throws Exception {
        JsonNode answer = ask(Messages.initialize("init"));
        say(WireJson.object().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
        return answer;
    }

    /** Everything that came, which must be valid messages line by line. */
    List<JsonNode> heard() throws Exception {
        List<JsonNode> messages = new ArrayList<>();
        for (String line : out.all()) {
            JsonNode message = WireJson.parse(line);
            assertThat(conversation.problems(message)).as(line).isEmpty();
            messages.add(message);
        }
        return messages;
    }

    MatchResult awaitNotice(String pattern) throws Exception {
        Pattern notice = Pattern.compile(pattern);
        return Await.until("a notice like " + pattern, PATIENCE, () -> err.find(notice), found -> found.isPresent())
                .orElseThrow();
    }

    List<String> notices() {
        return err.all();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Its exit status, when it ends by itself. */
    int status() throws Exception {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running: " + err.all());
        }
        out.complete(Duration.ofSeconds(5));
        err.complete(Duration.ofSeconds(5));
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
