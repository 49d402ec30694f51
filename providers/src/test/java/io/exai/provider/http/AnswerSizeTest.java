package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.Reading;
import io.exai.provider.fixture.VendorProbe;
import io.exai.provider.fixture.WireVendor;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers just below, at and just above the size that is read. */
class AnswerSizeTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final int MOST = (int) Reading.MAX_SIZE;
    private static final int PIECE = 60_000;
    private static final int LARGEST_EVENT = 1 << 20;

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @CsvSource({"KIMI, -1", "KIMI, 0", "KIMI, 1", "ANTHROPIC, -1", "ANTHROPIC, 0", "ANTHROPIC, 1"})
    void readsADocumentUpToItsMostAndNoByteMore(WireVendor vendor, int beyond) throws Exception {
        var spoken = new Spoken(vendor);
        int length = MOST + beyond - spoken.document("").length();
        String document = spoken.document("x".repeat(length));
        try (var server = RawServer.saying(Spoken.head(false) + document)) {
            assertSize(new VendorProbe(KIT, vendor).ask(server, false), beyond, length);
        }
        try (var server = RawServer.saying(Spoken.sized("application/json", document.length(), document))) {
            assertSize(new VendorProbe(KIT, vendor).ask(server, false), beyond, length);
        }
    }

    @ParameterizedTest
    @CsvSource({"KIMI, -1", "KIMI, 0", "KIMI, 1", "ANTHROPIC, -1", "ANTHROPIC, 0", "ANTHROPIC, 1"})
    void readsAStreamUpToItsMostAndNoByteMore(WireVendor vendor, int beyond) throws Exception {
        var spoken = new Spoken(vendor);
        String token = spoken.token("x".repeat(PIECE));
        String rest = spoken.reason() + spoken.mark();
        int room = MOST + beyond - spoken.begin().length() - rest.length() - ":\n".length();
        int tokens = room / token.length();
        String comment = ':' + "-".repeat(room - tokens * token.length()) + '\n';
        String stream = spoken.begin() + token.repeat(tokens) + comment + rest;
        assertThat(stream).hasSize(MOST + beyond);
        try (var server = RawServer.saying(Spoken.head(true) + stream)) {
            var probe = new VendorProbe(KIT, vendor);
            assertSize(probe.ask(server, true), beyond, tokens * PIECE);
            assertThat(probe.said().length()).isBetween(beyond > 0 ? 0 : tokens * PIECE, tokens * PIECE);
        }
    }

    @ParameterizedTest
    @CsvSource({"KIMI, -1", "KIMI, 0", "KIMI, 1", "ANTHROPIC, -1", "ANTHROPIC, 0", "ANTHROPIC, 1"})
    void readsAnEventUpToItsMostAndNoByteMore(WireVendor vendor, int beyond) {
        var spoken = new Spoken(vendor);
        int length = LARGEST_EVENT + beyond - (spoken.token("").length() - "\n\n".length());
        String stream = spoken.begin() + spoken.token("x".repeat(length)) + spoken.reason();
        ChatOutcome outcome = Reading.of(vendor, true, stream.getBytes(StandardCharsets.UTF_8))
                .outcome();
        if (beyond > 0) {
            String message = vendor.label() + " sent an event larger than 1048576 bytes";
            assertThat(outcome)
                    .isEqualTo(new ProviderFailure(Kind.BAD_ANSWER, message, null, vendor.label(), vendor.model()));
        } else {
            assertThat(((ChatAnswer) outcome).text()).hasSize(length);
        }
    }

    private static void assertSize(ChatOutcome outcome, int beyond, int length) {
        if (beyond > 0) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.kind() + " " + failure.message())
                                    .startsWith("BAD_ANSWER ")
                                    .endsWith("sent an answer larger than max-answer-size = 10485760"));
        } else {
            assertThat(((ChatAnswer) outcome).text()).hasSize(length);
        }
    }
}
