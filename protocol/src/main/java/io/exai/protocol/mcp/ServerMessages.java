package io.exai.protocol.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.Utf8Buffer;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes every message the daemon sends, as UTF-8 JSON text of the revision at hand. */
public final class ServerMessages {
    /** How long a client may keep a list, in milliseconds; lists change only with a restart. */
    private static final int LIST_TTL_MS = 60_000;

    private final ServerIdentity identity;
    private final ObjectNode serverInfo;

    public ServerMessages(ServerIdentity identity) {
        this.identity = identity;
        this.serverInfo = identity.toJson();
    }

    /** The answer to {@code initialize}. */
    public byte[] initialized(RequestId id, Revision revision, String sessionId, boolean resumed) {
        ObjectNode result = WireJson.object().put("protocolVersion", revision.wireName());
        result.set("capabilities", capabilities());
        ObjectNode info = serverInfo.deepCopy();
        if (revision.compareTo(Revision.R2025_06_18) < 0) {
            info.remove("title");
        }
        result.set("serverInfo", info);
        result.put("instructions", identity.instructions());
        ObjectNode meta = result.putObject(Meta.FIELD).put(Meta.SESSION_ID, sessionId);
        if (resumed) {
            meta.put(Meta.RESUMED, true);
        }
        return result(id, result);
    }

    /** The answer to {@code server/discover}. */
    public byte[] discovered(RequestId id, Revision revision, String sessionId) {
        ObjectNode result = complete(revision);
        Revision.names(Era.MODERN).forEach(result.putArray("supportedVersions")::add);
        result.set("capabilities", capabilities());
        result.put("instructions", identity.instructions());
        result.put("ttlMs", LIST_TTL_MS).put("cacheScope", "public");
        ((ObjectNode) result.get(Meta.FIELD)).put(Meta.SESSION_ID, sessionId);
        return result(id, result);
    }

    /** The answer to {@code tools/list}. */
    public byte[] tools(RequestId id, Revision revision, List<ToolDescription> tools) {
        ObjectNode result = complete(revision);
        ArrayNode list = result.putArray("tools");
        tools.forEach(tool -> list.add(tool.toJson(revision)));
        if (revision.era() == Era.MODERN) {
            result.put("ttlMs", LIST_TTL_MS).put("cacheScope", "public");
        }
        return result(id, result);
    }

    /** An answer without content, to {@code ping}. */
    public byte[] empty(RequestId id, Revision revision) {
        return result(id, complete(revision));
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
        if (revision.era() == Era.MODERN) {
            body.put("resultType", "complete");
            body.withObject("/" + Meta.FIELD).set(Meta.SERVER_INFO, serverInfo);
        }
        if (attempts > 1) {
            body.withObject("/" + Meta.FIELD).put(Meta.ATTEMPTS, attempts);
        }
        if (redelivered) {
            body.withObject("/" + Meta.FIELD).put(Meta.REDELIVERED, true);
        }
        return result(id, body);
    }

    /** {@code notifications/progress}; {@code progress} must grow from one to the next of a call. */
    public byte[] progress(String progressToken, double progress, @Nullable String message, Revision revision) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("jsonrpc", "2.0");
            json.writeStringField("method", Methods.PROGRESS);
            json.writeObjectFieldStart("params");
            json.writeFieldName("progressToken");
            json.writeRawValue(progressToken);
            json.writeNumberField("progress", progress);
            if (message != null && revision.compareTo(Revision.R2025_03_26) >= 0) {
                json.writeStringField("message", message);
            }
            json.writeEndObject();
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
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", error.code());
            json.writeStringField("message", error.message());
            if (error.data() != null) {
                json.writeFieldName("data");
                json.writeTree(error.data());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private ObjectNode complete(Revision revision) {
        ObjectNode result = WireJson.object();
        if (revision.era() == Era.MODERN) {
            result.put("resultType", "complete");
            result.putObject(Meta.FIELD).set(Meta.SERVER_INFO, serverInfo);
        }
        return result;
    }

    private static ObjectNode capabilities() {
        ObjectNode capabilities = WireJson.object();
        capabilities.putObject("tools");
        return capabilities;
    }

    private static byte[] result(RequestId id, ObjectNode result) {
        return write(json -> {
            startResult(json, id);
            json.writeTree(result);
            json.writeEndObject();
        });
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
