package io.exai.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one client and the daemon say to each other; the daemon's part is held against the schema of their revision. */
public final class Conversation {
    /** Errors of 2026-07-28 that are messages of their own in the schema. */
    private static final Map<Integer, String> ERRORS = Map.of(
            -32020, "HeaderMismatchError",
            -32021, "MissingRequiredClientCapabilityError",
            -32022, "UnsupportedProtocolVersionError");

    private static final Set<String> EXTENSIONS = Set.of("notifications/tasks");

    /** A client may use an id again; then an answer has to fit one of the requests. */
    private final Map<JsonNode, Set<Question>> questions = new HashMap<>();

    private final Map<JsonNode, Question> tokens = new HashMap<>();
    private @Nullable Revision agreed;

    /** Tells a revision that was named beside the messages; what a handshake agrees on counts more. */
    public synchronized void speaks(Revision revision) {
        agreed = agreed == null ? revision : agreed;
    }

    /** What the client says, one message or a batch. */
    public synchronized void said(JsonNode message) {
        if (message.isArray()) {
            message.forEach(this::said);
        } else if (message.has("method") && message.has("id")) {
            Question question = Question.of(message);
            questions
                    .computeIfAbsent(message.get("id"), id -> new LinkedHashSet<>())
                    .add(question);
            JsonNode token = message.path("params").path(Meta.FIELD).path("progressToken");
            if (!token.isMissingNode()) {
                tokens.put(token, question);
            }
        }
    }

    /** What is wrong with what the daemon says, one message or a batch. */
    public synchronized List<String> problems(JsonNode message) {
        if (message.isArray()) {
            return batch(message);
        } else if (message.has("method")) {
            return message.has("id") ? request(message) : notification(message);
        }
        return message.has("error") ? error(message) : result(message);
    }

    private List<String> batch(JsonNode batch) {
        List<String> problems = new ArrayList<>();
        ArrayNode withIds = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : batch) {
            problems.addAll(problems(message));
            if (message.has("id") || message.has("method")) {
                withIds.add(message);
            }
        }
        problems.addAll(schema(agreed).problems("JSONRPCBatchResponse", withIds));
        return problems;
    }

    private List<String> request(JsonNode message) {
        return schema(isModern() ? Revision.R2026_07_28 : agreed).problems("ServerRequest", message);
    }

    private List<String> notification(JsonNode message) {
        JsonNode params = message.path("params");
        Question question = tokens.get(params.path("progressToken"));
        boolean modern = params.path(Meta.FIELD).has(Meta.SUBSCRIPTION_ID)
                || (question == null ? isModern() : question.isModern());
        boolean extension = EXTENSIONS.contains(message.path("method").asText());
        return schema(modern ? Revision.R2026_07_28 : agreed)
                .problems(modern && extension ? "JSONRPCNotification" : "ServerNotification", message);
    }

    /** When nothing was agreed on and a request says that it is modern. */
    private boolean isModern() {
        return agreed == null
                && questions.values().stream().flatMap(Set::stream).anyMatch(Question::isModern);
    }

    /** Schemas before 2025-11-25 want an id even where the text of their transports, and JSON-RPC, know of none. */
    private List<String> error(JsonNode message) {
        Optional<Question> modern = asked(message).stream()
                .filter(question -> question.isModern() || isModernError(message))
                .findFirst();
        Revision revision = modern.isPresent() ? Revision.R2026_07_28 : agreed;
        WireSchema schema = message.has("id") || revision == Revision.R2026_07_28 ? schema(revision) : schema(null);
        String any = schema.defines("JSONRPCError") ? "JSONRPCError" : "JSONRPCErrorResponse";
        String kind = ERRORS.getOrDefault(message.path("error").path("code").asInt(), any);
        return schema.problems(schema.defines(kind) ? kind : any, message);
    }

    private static boolean isModernError(JsonNode message) {
        return ERRORS.containsKey(message.path("error").path("code").asInt());
    }

    private List<String> result(JsonNode message) {
        List<String> problems = List.of();
        for (Question question : asked(message)) {
            problems = result(question, message);
            if (problems.isEmpty()) {
                return problems;
            }
        }
        return problems;
    }

    private List<String> result(Question question, JsonNode message) {
        JsonNode result = message.path("result");
        if (question.method().equals("initialize")) {
            agreed = Revision.of(result.path("protocolVersion").asText())
                    .filter(revision -> revision.era() == Era.LEGACY)
                    .orElse(agreed);
        }
        boolean modern = question.isModern() || (question.method().isEmpty() && result.has("resultType"));
        WireSchema schema = schema(modern ? Revision.R2026_07_28 : agreed);
        String response = schema.defines("JSONRPCResultResponse") ? "JSONRPCResultResponse" : "JSONRPCResponse";
        List<String> problems = new ArrayList<>(schema.problems(response, message));
        problems.addAll(schema.problems(question.kind(schema, result), result));
        return problems;
    }

    /** The requests that this may be an answer to; one of which nothing is known, when none was seen. */
    private Set<Question> asked(JsonNode message) {
        return questions.getOrDefault(message.path("id"), Set.of(Question.UNSEEN));
    }

    private static WireSchema schema(@Nullable Revision revision) {
        return WireSchema.of(revision == null ? Revision.R2025_11_25 : revision);
    }
}
