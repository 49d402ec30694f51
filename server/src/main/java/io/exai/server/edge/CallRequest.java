package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.session.TaskTerms;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.LogLevel;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Revision;
import io.exai.server.feature.Asker;
import io.exai.server.session.Fingerprint;
import io.exai.server.session.ToolRequest;
import io.exai.server.tool.ArgumentCheck;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.Inline;
import io.exai.server.tool.ModelCheck;
import io.exai.server.tool.TaskUse;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the params of a {@code tools/call} amount to, once held against the tool's schema. */
sealed interface CallRequest {
    /** The request breaks the protocol: a JSON-RPC error. */
    record Refused(RpcError error) implements CallRequest {}

    /** The answer is there: what a tool reports, or why the arguments do not fit, for the model to act on. */
    record Settled(ObjectNode answer) implements CallRequest {}

    /**
     * May run; arguments and token are JSON text.
     *
     * @param context JSON text of a {@link CallContext}; null when there is nothing to say
     * @param task whether the call is to be a task
     * @param ttlMillis how long a task is to be kept
     */
    record Accepted(
            Tool tool,
            String arguments,
            @Nullable String progressToken,
            @Nullable String context,
            boolean task,
            long ttlMillis)
            implements CallRequest {
        /** As the session wants it. */
        ToolRequest request(String requestId, Revision revision, String sessionId, Instant now) {
            TaskTerms terms = task ? new TaskTerms(TaskIds.next(sessionId), ttlMillis, now) : null;
            return new ToolRequest(
                    requestId, tool.name(), arguments, progressToken, revision.wireName(), context, terms);
        }
    }

    /** What a client without it is told to declare. */
    ObjectNode TASKS_WANTED =
            WireJson.object().set("extensions", WireJson.object().set(Meta.TASKS, WireJson.object()));

    /** How long a task is kept when the client does not say, and at most, in milliseconds. */
    long USUAL_TTL = 3_600_000;

    long LONGEST_TTL = 86_400_000;

    static boolean knowsTasks(ObjectNode capabilities) {
        return capabilities.path("extensions").has(Meta.TASKS);
    }

    /** The client does not declare what the request needs. */
    static RpcError missing(ObjectNode wanted) {
        ObjectNode data = WireJson.object();
        data.set("requiredCapabilities", wanted);
        return new RpcError(
                RpcError.MISSING_CAPABILITY,
                "Missing client capability (expected: " + WireJson.write(wanted) + " in clientCapabilities)",
                data);
    }

    /** As {@link #of}, but a tool that leaves no trace in the journal has answered already: that takes no session. */
    static CallRequest atOnce(ObjectNode params, Asker asker, EdgeParts parts) {
        CallRequest call = of(params, asker, parts);
        return call instanceof Accepted accepted && !accepted.tool().policy().journaled()
                ? new Settled(Inline.run(accepted.tool(), parts.reports()))
                : call;
    }

    static CallRequest of(ObjectNode params, Asker asker, EdgeParts parts) {
        JsonNode name = params.path("name");
        JsonNode arguments = params.path("arguments");
        JsonNode token = params.path(Meta.FIELD).path(Meta.PROGRESS_TOKEN);
        if (!name.isTextual()) {
            return refused("name", name, "the name of a tool");
        } else if (!arguments.isMissingNode() && !arguments.isObject()) {
            return refused("arguments", arguments, "an object");
        } else if (!token.isMissingNode() && RequestId.of(token).isEmpty()) {
            return refused("_meta.progressToken", token, "a string or an integer");
        }
        Optional<Tool> tool = parts.toolbox().find(name.textValue());
        if (tool.isEmpty()) {
            return new Refused(
                    RpcError.of(RpcError.INVALID_PARAMS, parts.toolbox().unknown(name.textValue())));
        }
        ObjectNode given = arguments.isObject() ? (ObjectNode) arguments : WireJson.object();
        Optional<RpcError> unfit = unfit(tool.get(), params, asker);
        if (unfit.isPresent()) {
            return new Refused(unfit.get());
        }
        List<String> problems = problems(tool.get(), given, parts);
        return problems.isEmpty()
                ? accepted(tool.get(), given, params, asker, parts)
                : new Settled(ToolAnswer.error(ErrorCode.VALIDATION_ERROR, String.join("; ", problems), false, 0));
    }

    /** What the client would have to declare, or must not ask for. */
    private static Optional<RpcError> unfit(Tool tool, ObjectNode params, Asker asker) {
        if (asker.revision().era() == Era.MODERN) {
            if (!covers(asker.capabilities(), tool.policy().requires())) {
                return Optional.of(missing(tool.policy().requires()));
            }
            return tool.policy().task() == TaskUse.REQUIRED && !knowsTasks(asker.capabilities())
                    ? Optional.of(missing(TASKS_WANTED))
                    : Optional.empty();
        }
        boolean asked = wantsTask(params, asker);
        TaskUse use = tool.policy().task();
        return (use == TaskUse.FORBIDDEN && asked) || (use == TaskUse.REQUIRED && !asked)
                ? Optional.of(RpcError.of(
                        RpcError.METHOD_NOT_FOUND,
                        "task: " + (asked ? "given" : "missing") + " (expected: " + (asked ? "none" : "a task")
                                + ", as execution.taskSupport of " + tool.name() + " says)"))
                : Optional.empty();
    }

    private static boolean wantsTask(ObjectNode params, Asker asker) {
        return asker.revision() == Revision.R2025_11_25 && params.path("task").isObject();
    }

    private static boolean covers(JsonNode capabilities, ObjectNode wanted) {
        return wanted.properties().stream()
                .allMatch(field -> capabilities.has(field.getKey())
                        && (!(field.getValue() instanceof ObjectNode inner)
                                || covers(capabilities.path(field.getKey()), inner)));
    }

    private static CallRequest accepted(
            Tool tool, ObjectNode arguments, ObjectNode params, Asker asker, EdgeParts parts) {
        String text = WireJson.write(arguments);
        String token = RequestId.of(params.path(Meta.FIELD).path(Meta.PROGRESS_TOKEN))
                .map(RequestId::json)
                .orElse(null);
        if (asker.revision().era() != Era.MODERN) {
            long ttl = params.path("task").path("ttl").asLong(USUAL_TTL);
            long kept = Math.max(1_000, Math.min(LONGEST_TTL, ttl));
            return new Accepted(tool, text, token, null, wantsTask(params, asker), kept);
        }
        JsonNode sealed = params.path("requestState");
        Optional<String> state = Optional.empty();
        if (!sealed.isMissingNode()) {
            state = parts.seal()
                    .open(asker.principal(), tool.name(), Fingerprint.of(tool.name(), text), sealed.asText(""));
            if (state.isEmpty()) {
                return refused("requestState", sealed, "the one of the last answer, with the same name and arguments");
            }
        }
        Map<String, JsonNode> inputs = new LinkedHashMap<>();
        params.path("inputResponses").properties().forEach(input -> inputs.put(input.getKey(), input.getValue()));
        JsonNode level = params.path(Meta.FIELD).path(Meta.LOG_LEVEL);
        CallContext context = new CallContext(
                asker.capabilities(),
                LogLevel.isKnown(level.asText("")) ? level.asText() : null,
                inputs,
                state.orElse(null));
        boolean task = knowsTasks(asker.capabilities())
                && switch (tool.policy().task()) {
                    case FORBIDDEN -> false;
                    case AFTER_INPUT -> !inputs.isEmpty();
                    case OPTIONAL, REQUIRED -> true;
                };
        return new Accepted(tool, text, token, context.write(), task, USUAL_TTL);
    }

    private static List<String> problems(Tool tool, ObjectNode arguments, EdgeParts parts) {
        List<String> problems = ArgumentCheck.problems(tool, arguments);
        return problems.isEmpty() ? ModelCheck.problems(tool, arguments, parts.catalogue()) : problems;
    }

    private static Refused refused(String field, JsonNode value, String expected) {
        return new Refused(
                RpcError.of(RpcError.INVALID_PARAMS, field + ": " + Shown.of(value) + " (expected: " + expected + ")"));
    }
}
