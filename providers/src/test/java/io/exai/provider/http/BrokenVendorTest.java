package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.VendorProbe;
import io.exai.provider.fixture.WireVendor;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both protocols over real connections that break off, fall silent, or carry something else. */
class BrokenVendorTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration SHORT = Duration.ofMillis(150);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    /** What comes before a connection ends, and the text that had come by then. */
    record Cut(WireVendor vendor, String sent, String said, boolean reset) {
        @Override
        public String toString() {
            return vendor + " " + said.length() + " " + sent.length() + (reset ? " reset" : "");
        }
    }

    static Stream<Cut> cuts() {
        List<Cut> cuts = new ArrayList<>();
        for (WireVendor vendor : List.of(WireVendor.KIMI, WireVendor.ANTHROPIC)) {
            var spoken = new Spoken(vendor);
            String three = spoken.begin() + spoken.token("one ") + spoken.token("two ") + spoken.token("three");
            for (boolean reset : new boolean[] {false, true}) {
                cuts.add(new Cut(vendor, "", "", reset));
                cuts.add(new Cut(vendor, "HTTP/1.1 200 O", "", reset));
                cuts.add(new Cut(vendor, Spoken.head(true), "", reset));
                cuts.add(new Cut(vendor, Spoken.head(true) + spoken.begin(), "", reset));
            }
            cuts.add(new Cut(vendor, Spoken.head(true) + spoken.begin() + spoken.token("one "), "one ", false));
            cuts.add(new Cut(vendor, Spoken.head(true) + three, "one two three", false));
            cuts.add(new Cut(vendor, Spoken.chunked(three), "one two three", false));
            cuts.add(new Cut(vendor, Spoken.sized("text/event-stream", 9999, three), "one two three", false));
            cuts.add(new Cut(vendor, Spoken.head(true) + three + "data: {\"cho", "one two three", false));
            cuts.add(new Cut(vendor, Spoken.head(true) + three + spoken.halfACall(), "one two three", false));
            String document = spoken.document("one");
            String half = document.substring(0, document.length() / 2);
            cuts.add(new Cut(vendor, Spoken.head(false) + half, "", false));
            cuts.add(new Cut(vendor, Spoken.sized("application/json", document.length(), half), "", false));
        }
        return cuts.stream();
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void breaksOffWithAReasonWhereverTheConnectionEnds(Cut cut) throws Exception {
        var probe = new VendorProbe(KIT, cut.vendor());
        try (var server = RawServer.start(connection -> write(connection, cut.sent(), cut.reset()))) {
            assertThat(kind(probe.ask(server, true))).isEqualTo(Kind.BROKEN_STREAM);
            if (!cut.reset()) {
                assertThat(probe.said()).isEqualTo(cut.said());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KIMI", "ANTHROPIC"})
    void takesAnAnswerThatHadEndedForWhole(WireVendor vendor) throws Exception {
        var spoken = new Spoken(vendor);
        String whole = spoken.begin() + spoken.token("Hi") + spoken.reason();
        for (String response : List.of(
                Spoken.head(true) + whole,
                Spoken.chunked(whole),
                Spoken.sized("text/event-stream", 9999, whole),
                Spoken.head(true) + whole + "data: {\"cho")) {
            try (var server = RawServer.saying(response)) {
                assertThat(new VendorProbe(KIT, vendor).ask(server, true)).isEqualTo(hi(vendor));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KIMI", "ANTHROPIC"})
    void endsASilentAnswerByItsTimeOut(WireVendor vendor) throws Exception {
        var spoken = new Spoken(vendor);
        String begun = spoken.begin() + spoken.token("Hi");
        try (var server = silentAfter(Spoken.head(true) + begun)) {
            assertThat(kind(probe(vendor).ask(server, true))).isEqualTo(Kind.STALLED);
        }
        try (var server = silentAfter(Spoken.head(true) + begun + spoken.reason())) {
            assertThat(probe(vendor).ask(server, true)).isEqualTo(hi(vendor));
        }
        try (var server = silentAfter(Spoken.head(false) + "{\"cho")) {
            assertThat(kind(probe(vendor).ask(server, false))).isEqualTo(Kind.STALLED);
        }
        try (var server = silentAfter("HTTP/1.1 429 No\r\nContent-Length: 99\r\n\r\n{\"error\":")) {
            assertThat(kind(probe(vendor).ask(server, true))).isEqualTo(Kind.RATE_LIMITED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KIMI", "ANTHROPIC"})
    void tellsNothingFromNonsense(WireVendor vendor) throws Exception {
        var spoken = new Spoken(vendor);
        String streamed = spoken.begin() + spoken.reason() + spoken.mark();
        assertThat(asked(vendor, Spoken.head(true) + streamed)).isEqualTo(Kind.EMPTY_ANSWER);
        assertThat(asked(vendor, Spoken.head(true) + spoken.mark())).isEqualTo(Kind.EMPTY_ANSWER);
        assertThat(asked(vendor, Spoken.sized("application/json", 0, ""))).isEqualTo(Kind.EMPTY_ANSWER);
        assertThat(asked(vendor, Spoken.head(false) + "\n \n")).isEqualTo(Kind.EMPTY_ANSWER);
        assertThat(asked(vendor, Spoken.head(false) + spoken.document(" "))).isEqualTo(Kind.EMPTY_ANSWER);
        assertThat(asked(vendor, Spoken.sized("text/event-stream", 0, ""))).isEqualTo(Kind.BROKEN_STREAM);
        assertThat(asked(vendor, Spoken.head(true) + "{\"no\":\"events\"}\n\n")).isEqualTo(Kind.BROKEN_STREAM);
        assertThat(asked(vendor, Spoken.head(true) + "data: {broken}\n\n")).isEqualTo(Kind.BAD_ANSWER);
        assertThat(asked(vendor, Spoken.sized("text/html", 9, "<p>Hi</p>"))).isEqualTo(Kind.BAD_ANSWER);
        assertThat(asked(vendor, Spoken.head(false) + "{\"a\":1} {\"a\":2}")).isEqualTo(Kind.BAD_ANSWER);
        assertThat(asked(vendor, Spoken.head(false) + "null")).isEqualTo(Kind.BAD_ANSWER);
        assertThat(asked(vendor, Spoken.head(false) + "[".repeat(5000))).isEqualTo(Kind.BAD_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 529})
    void knowsARefusalWhoseBodyIsCut(int status) throws Exception {
        String cut = "HTTP/1.1 " + status + " No\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"err";
        try (var server = RawServer.saying(cut)) {
            assertThat(kind(new VendorProbe(KIT, WireVendor.GLM).ask(server, true)))
                    .isEqualTo(ErrorWords.kind(status));
        }
    }

    private static Kind asked(WireVendor vendor, String response) throws IOException {
        try (var server = RawServer.saying(response)) {
            return kind(new VendorProbe(KIT, vendor).ask(server, true));
        }
    }

    private static VendorProbe probe(WireVendor vendor) {
        return new VendorProbe(KIT, vendor, vendor.format(), SHORT);
    }

    private static RawServer silentAfter(String response) throws IOException {
        return RawServer.start(connection -> {
            RawServer.write(connection, response);
            RawServer.awaitLeave(connection);
        });
    }

    private static void write(Socket connection, String text, boolean reset) throws IOException {
        RawServer.write(connection, text);
        connection.setSoLinger(reset, 0);
    }

    private static ChatAnswer hi(WireVendor vendor) {
        return new ChatAnswer("Hi", null, vendor.label(), vendor.model(), "stop", new Usage(3, 2, 0));
    }

    private static Kind kind(ChatOutcome outcome) {
        assertThat(outcome).isInstanceOf(ProviderFailure.class);
        return ((ProviderFailure) outcome).kind();
    }
}
