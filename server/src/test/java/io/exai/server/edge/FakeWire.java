package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A wire that writes down what is done to it. */
final class FakeWire implements Wire {
    private final List<JsonNode> sent = new ArrayList<>();
    private final List<JsonNode> sentIfIdle = new ArrayList<>();
    private final List<Long> toConfirm = new ArrayList<>();
    private final List<String> closings = new ArrayList<>();
    private final List<Duration> alarms = new ArrayList<>();
    private boolean admitted;

    @Override
    public void send(byte[] message) {
        sent.add(parse(message));
    }

    @Override
    public void sendIfIdle(byte[] message) {
        sentIfIdle.add(parse(message));
    }

    @Override
    public void later(CompletionStage<byte[]> message, Consumer<byte[]> then) {
        message.thenAcceptAsync(then, Runnable::run);
    }

    @Override
    public void confirm(long sequence) {
        toConfirm.add(sequence);
    }

    @Override
    public void close(CloseCode code, String reason) {
        closings.add(code.code() + " " + reason);
    }

    @Override
    public void alarm(Duration after) {
        alarms.add(after);
    }

    @Override
    public void admit() {
        admitted = true;
    }

    List<Duration> alarms() {
        return alarms;
    }

    boolean isAdmitted() {
        return admitted;
    }

    List<JsonNode> sent() {
        return sent;
    }

    List<JsonNode> sentIfIdle() {
        return sentIfIdle;
    }

    List<Long> toConfirm() {
        return toConfirm;
    }

    List<String> closings() {
        return closings;
    }

    private static JsonNode parse(byte[] message) {
        try {
            return WireJson.parse(message, 0, message.length);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }
}
