package io.exai.protocol.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.Utf8Buffer;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes every message the daemon sends, as UTF-8 JSON text of the revision at hand. */
public final class ServerMessages {
    /** How long a client may keep what it has discovered, in milliseconds. */
    private static final int LIST_TTL_MS = 60_000;

    private final ServerIdentity identity;
    private final ObjectNode serverInfo;

    public ServerMessages(ServerIdentity identity) {
        this.identity = identity;
        this.serverInfo = identity.toJson();
    }

    /** The answer to {@code initialize}. */
    public byte[] initialized(
            RequestId id, Revision revision, @Nullable String sessionId, boolean resumed, ObjectNode capabilities) {
        ObjectNode result = WireJson.object().put("protocolVersion", revision.wireName());
        result.set("capabilities", capabilities);
        ObjectNode info = serverInfo.deepCopy();
        if (revision.compareTo(Revision.R2025_06_18) < 0) {
            info.remove("title");
        }
        result.set("serverInfo", info);
        result.put("instructions", identity.instructions());
        if (sessionId != null) {
            result.putObject(Meta.FIELD).put(Meta.SESSION_ID, sessionId);
        }
        if (resumed) {
            result.withObject("/" + Meta.FIELD).put(Meta.RESUMED, true);
        }
        return result(id, result);
    }

    /**
     * The answer to {@code server/discover}.
     *
     * @param sessionId of the connection it is sent on, where a connection has a session
     */
    public byte[] discovered(RequestId id, Revision revision, @Nullable String sessionId, ObjectNode capabilities) {
        ObjectNode body = discovery(capabilities);
        if (sessionId != null) {
            body.putObject(Meta.FIELD).put(Meta.SESSION_ID, sessionId);
        }
        return result(id, revision, body);
    }

    /** The body of that answer. */
    public ObjectNode discovery(ObjectNode capabilities) {
        ObjectNode body = WireJson.object();
        Revision.names(Era.MODERN).forEach(body.putArray("supportedVersions")::add);
        body.set("capabilities", capabilities);
        return body.put("instructions", identity.instructions())
                .put("ttlMs", LIST_TTL_MS)
                .put("cacheScope", "public");
    }

    /**
     * The answer to any request.
     *
     * @param body changed to fit the revision; keeps its own {@code resultType} and {@code _meta}
     */
    public byte[] result(RequestId id, Revision revision, ObjectNode body) {
        return result(id, fitted(revision, body));
    }

    /**
     * A finished tool call.
     *
     * @param body content, structuredContent, isError and _meta as the tool gave them; changed to fit the revision
     * @param attempts how often the call was started; told when more than once
     * @param redelivered whether this answer may have been sent before
     */
    public byte[] called(RequestId id, Revision revision, ObjectNode body, int attempts, boolean redelivered) {
        if (revision.compareTo(Revision.R2025_06_18) < 0) {
            body.remove("structuredContent");
        }
        fitted(revision, body);
        if (attempts > 1) {
            body.withObject("/" + Meta.FIELD).put(Meta.ATTEMPTS, attempts);
        }
        if (redelivered) {
            body.withObject("/" + Meta.FIELD).put(Meta.REDELIVERED, true);
        }
        return result(id, body);
    }

    /**
     * {@code notifications/progress}.
     *
     * @param progressToken JSON text
     * @param progress grows from one to the next of a call
     * @param total what it grows to, if known
     */
    public byte[] progress(
            String progressToken,
            double progress,
            @Nullable Double total,
            @Nullable String message,
            Revision revision) {
        return write(json -> {
            startMessage(json, Methods.PROGRESS);
            json.writeObjectFieldStart("params");
            json.writeFieldName("progressToken");
            json.writeRawValue(progressToken);
            json.writeNumberField("progress", progress);
            if (total != null) {
                json.writeNumberField("total", total);
            }
            if (message != null && revision.compareTo(Revision.R2025_03_26) >= 0) {
                json.writeStringField("message", message);
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /**
     * {@code notifications/message}.
     *
     * @param level as {@link LogLevel} has it
     * @param revision all revisions write it the same way
     */
    public byte[] logged(String level, @Nullable String logger, JsonNode data, Revision revision) {
        ObjectNode params = WireJson.object().put("level", level);
        if (logger != null) {
            params.put("logger", logger);
        }
        params.set("data", data);
        return notification(Methods.MESSAGE, params);
    }

    /** A notification of that name; its params are left out when empty. */
    public byte[] notification(String method, ObjectNode params) {
        return write(json -> {
            startMessage(json, method);
            if (!params.isEmpty()) {
                json.writeFieldName("params");
                json.writeTree(params);
            }
            json.writeEndObject();
        });
    }

    /**
     * A request of ours to the client.
     *
     * @param id JSON text
     */
    public byte[] request(String id, String method, ObjectNode params) {
        return write(json -> {
            startMessage(json, method);
            json.writeFieldName("id");
            json.writeRawValue(id);
            json.writeFieldName("params");
            json.writeTree(params);
            json.writeEndObject();
        });
    }

    /**
     * A JSON-RPC error; without id when the request's could not be read.
     *
     * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/schema#jsonrpcerrorresponse">MCP, where
     *     the id is optional but never null</a>
     */
    public byte[] error(@Nullable RequestId id, RpcError error) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("jsonrpc", "2.0");
            if (id != null) {
                json.writeFieldName("id");
                json.writeRawValue(id.json());
            }
            json.writeFieldName("error");
            json.writeTree(error.toJson());
            json.writeEndObject();
        });
    }

    private ObjectNode fitted(Revision revision, ObjectNode body) {
        if (revision.era() == Era.MODERN) {
            if (!body.has("resultType")) {
                body.put("resultType", "complete");
            }
            body.withObject("/" + Meta.FIELD).set(Meta.SERVER_INFO, serverInfo);
        }
        return body;
    }

    private static byte[] result(RequestId id, ObjectNode result) {
        return write(json -> {
            startResult(json, id);
            json.writeTree(result);
            json.writeEndObject();
        });
    }

    private static void startMessage(JsonGenerator json, String method) throws IOException {
        json.writeStartObject();
        json.writeStringField("jsonrpc", "2.0");
        json.writeStringField("method", method);
    }

    private static void startResult(JsonGenerator json, RequestId id) throws IOException {
        json.writeStartObject();
        json.writeStringField("jsonrpc", "2.0");
        json.writeFieldName("id");
        json.writeRawValue(id.json());
        json.writeFieldName("result");
    }

    private static byte[] write(Body body) {
        Utf8Buffer out = new Utf8Buffer();
        try (JsonGenerator json = WireJson.generator(out)) {
            body.writeTo(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** Writes one message. */
    private interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
