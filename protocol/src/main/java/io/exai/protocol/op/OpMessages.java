package io.exai.protocol.op;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.exai.protocol.json.Utf8Buffer;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.ToolDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes every message the daemon sends to a client of this protocol, as UTF-8 JSON text. Times are seconds since 1970.
 *
 * @param compatText whether results carry their text a second time, joined, as {@code text}
 */
public record OpMessages(boolean compatText) {
    private static final String ERROR = "error";

    /** The conversation begins. */
    public byte[] helloAck(String sessionId, boolean resumed) {
        return write(message("hello_ack")
                .put("ok", true)
                .put("session_id", sessionId)
                .put("resumed", resumed));
    }

    /** The conversation does not begin; the connection closes after this. */
    public byte[] helloRefused(String why) {
        return write(message("hello_ack").put("ok", false).put(ERROR, why));
    }

    public byte[] tools(@Nullable RequestId id, List<ToolDescription> tools) {
        ObjectNode message = answer("list_tools_res", id);
        ArrayNode list = message.putArray("tools");
        for (ToolDescription tool : tools) {
            list.addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("inputSchema", tool.inputSchema());
        }
        return write(message);
    }

    /**
     * A call is on its way.
     *
     * @param note what there is to say; without one it is a heartbeat
     */
    public byte[] progress(RequestId id, String name, double at, @Nullable String note) {
        ObjectNode message = answer("progress", id).put("name", name).put("t", at);
        return write(note == null ? message : message.put("note", note));
    }

    /**
     * The work of a call has begun.
     *
     * @param timeout seconds after which the daemon gives the call up
     */
    public byte[] callAck(RequestId id, String name, double timeout) {
        ObjectNode message = answer("call_tool_ack", id).put("accepted", true).put("name", name);
        return write(
                timeout == Math.rint(timeout)
                        ? message.put("timeout", (long) timeout)
                        : message.put("timeout", timeout));
    }

    /**
     * A finished call.
     *
     * @param result of the tool, without error
     * @param attempts how often the call was started; told when more than once
     * @param redelivered whether this answer may have been sent before
     */
    public byte[] called(RequestId id, OpResult result, int attempts, boolean redelivered) {
        ObjectNode message = answer("call_tool_res", id);
        ArrayNode outputs = message.putArray("outputs");
        result.texts().forEach(text -> outputs.addObject().put("type", "text").put("text", text));
        if (compatText) {
            message.put("text", result.joined());
        }
        if (!result.metadata().isEmpty()) {
            message.set("metadata", result.metadata());
        }
        if (attempts > 1) {
            message.put("attempts", attempts);
        }
        if (redelivered) {
            message.put("redelivered", true);
        }
        return write(message);
    }

    /** An operation failed; {@code op} is {@code call_tool_res} for a call and {@code error} for everything else. */
    public byte[] failed(@Nullable String operation, @Nullable RequestId id, OpError error) {
        ObjectNode message = message("call_tool".equals(operation) ? "call_tool_res" : ERROR);
        if (id == null) {
            message.putNull(OpReader.REQUEST_ID);
        } else {
            identify(message, id);
        }
        ObjectNode body = message.putObject(ERROR).put("code", error.code()).put("message", error.message());
        if (!error.details().isEmpty()) {
            body.set("details", error.details());
        }
        return write(message);
    }

    public byte[] health(@Nullable RequestId id, ObjectNode figures) {
        ObjectNode message = answer("health_res", id).put("ok", true);
        message.set("health", figures);
        return write(message);
    }

    public byte[] pong(@Nullable RequestId id, double at) {
        return write(answer("pong", id).put("timestamp", at));
    }

    /** The call was withdrawn; there is no result any more. */
    public byte[] cancelled(RequestId id, double at) {
        return write(answer("cancelled", id).put("timestamp", at));
    }

    /** The token was replaced, in memory only. */
    public byte[] rotated(@Nullable RequestId id) {
        return write(answer("rotate_token_res", id).put("ok", true).put("persisted", false));
    }

    /** The token was not replaced. */
    public byte[] notRotated(@Nullable RequestId id, String why) {
        return write(answer("rotate_token_res", id).put("ok", false).put(ERROR, why));
    }

    private static ObjectNode message(String op) {
        return WireJson.object().put(OpReader.OP, op);
    }

    private static ObjectNode answer(String op, @Nullable RequestId id) {
        ObjectNode message = message(op);
        if (id != null) {
            identify(message, id);
        }
        return message;
    }

    private static void identify(ObjectNode message, RequestId id) {
        message.putRawValue(OpReader.REQUEST_ID, new RawValue(id.json()));
    }

    private static byte[] write(ObjectNode message) {
        Utf8Buffer out = new Utf8Buffer();
        try (JsonGenerator json = WireJson.generator(out)) {
            json.writeTree(message);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
