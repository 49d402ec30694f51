package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.fixture.Contract;
import io.exai.provider.fixture.Reading;
import io.exai.provider.fixture.WireVendor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers in the shape of each vendor's reference, however their bytes are cut and their lines are ended. */
class RecordedAnswersTest {
    /** An answer and what is to be read out of it. */
    record Recording(WireVendor vendor, String name, boolean events, byte[] bytes, JsonNode expected) {
        Reading read(byte[]... chunks) {
            return Reading.of(vendor, events, chunks);
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return vendor + " " + name;
        }
    }

    static Stream<Recording> documents() {
        return recordings(".json");
    }

    static Stream<Recording> streams() {
        return recordings(".sse");
    }

    private static Stream<Recording> recordings(String ending) {
        return Stream.of(WireVendor.values()).flatMap(vendor -> {
            String folder = vendor.label() + "/answer";
            return Contract.names(folder, ending).stream()
                    .filter(name -> !name.endsWith(".outcome"))
                    .map(name -> new Recording(
                            vendor,
                            name,
                            ending.equals(".sse"),
                            Contract.bytes(folder + '/' + name + ending),
                            Contract.tree(folder + '/' + name + ".outcome.json")));
        });
    }

    @Test
    void everyVendorHasDocumentsAndStreams() {
        assertThat(documents().map(Recording::vendor).distinct()).hasSize(WireVendor.values().length);
        assertThat(streams().map(Recording::vendor).distinct()).hasSize(WireVendor.values().length);
    }

    @ParameterizedTest
    @MethodSource({"documents", "streams"})
    void readsWhatTheRecordingHolds(Recording recording) {
        Reading reading = recording.read(recording.bytes());
        assertThat(reading.outcome()).isEqualTo(outcome(recording));
        if (reading.outcome() instanceof ChatAnswer answer) {
            assertThat(reading.said()).isEqualTo(answer.text());
            assertThat(reading.thought()).isEqualTo(answer.reasoning() == null ? "" : answer.reasoning());
        }
    }

    @ParameterizedTest
    @MethodSource({"documents", "streams"})
    void readsTheSameWhereverTheBytesAreCut(Recording recording) {
        Reading whole = recording.read(recording.bytes());
        assertCutsReadAs(whole, recording, recording.bytes());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void readsTheSameWithOtherLineEndsAMarkAndCommentsWhereverTheyAreCut(Recording recording) {
        Reading whole = recording.read(recording.bytes());
        String busy = "\uFEFF: OPENROUTER PROCESSING\n\n" + recording.text().replace("\n\n", "\n\n: keep-alive\n\n");
        assertCutsReadAs(whole, recording, busy.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        byte[] returns = recording.text().replace("\n", "\r").getBytes(StandardCharsets.UTF_8);
        assertThat(recording.read(Reading.single(returns))).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void readsADocumentBehindBlankLinesThatKeptItsConnectionAlive(Recording recording) {
        byte[] late = ("\n\n \n" + recording.text() + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(recording.read(late)).isEqualTo(recording.read(recording.bytes()));
    }

    /** Whatever was read before the end, a stream that is cut there is no answer unless it had said why it ended. */
    @ParameterizedTest
    @MethodSource("streams")
    void neverTakesTheBeginningOfAStreamForAnotherAnswer(Recording recording) {
        ChatOutcome whole = recording.read(recording.bytes()).outcome();
        for (int length = 0; length < recording.bytes().length; length++) {
            Reading part = recording.read(Reading.cut(recording.bytes(), length)[0]);
            assertThat(part.isHonest()).as("first %d bytes: %s", length, part).isTrue();
            if (part.outcome() instanceof ChatAnswer answer && whole instanceof ChatAnswer complete) {
                assertThat(answer.text()).isEqualTo(complete.text());
                assertThat(answer.calls()).isEqualTo(complete.calls());
            }
        }
    }

    private static void assertCutsReadAs(Reading whole, Recording recording, byte[] bytes) {
        assertThat(recording.read(Reading.single(bytes))).isEqualTo(whole);
        for (int at = 0; at <= bytes.length; at++) {
            Reading parts = recording.read(Reading.cut(bytes, at));
            assertThat(parts).as("cut at %d", at).isEqualTo(whole);
        }
    }

    private static ChatOutcome outcome(Recording recording) {
        JsonNode expected = recording.expected();
        String provider = recording.vendor().label();
        String model = recording.vendor().model();
        if (expected.has("failure")) {
            Kind kind = Kind.valueOf(expected.path("failure").asText());
            return new ProviderFailure(kind, expected.path("message").asText(), null, provider, model);
        }
        List<FunctionCall> calls = new ArrayList<>();
        expected.path("calls")
                .forEach(call -> calls.add(new FunctionCall(
                        call.path("id").asText(),
                        call.path("name").asText(),
                        call.path("arguments").asText())));
        JsonNode usage = expected.path("usage");
        return new ChatAnswer(
                expected.path("text").asText(),
                expected.path("reasoning").textValue(),
                provider,
                model,
                expected.path("finishReason").asText(),
                new Usage(
                        usage.path(0).asLong(),
                        usage.path(1).asLong(),
                        usage.path(2).asLong()),
                calls);
    }
}
