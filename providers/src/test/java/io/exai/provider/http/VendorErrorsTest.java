package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.fixture.Contract;
import io.exai.provider.fixture.Questions;
import io.exai.provider.fixture.Reading;
import io.exai.provider.fixture.WireVendor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The refusals of each vendor, in the shape of its reference. */
class VendorErrorsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    private static final Set<Kind> RETRYABLE = Set.of(Kind.RATE_LIMITED, Kind.UPSTREAM_ERROR, Kind.TIMEOUT);

    record Refusal(WireVendor vendor, JsonNode recording) {
        int status() {
            return recording.path("status").asInt();
        }

        byte[] body() {
            JsonNode body = recording.path("body");
            return (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8);
        }

        ProviderFailure failure() {
            StatusCode code = StatusCodes.lookup(status())
                    .orElseGet(() -> StatusCodes.custom(status(), "Status", "Status", false, true));
            HttpResponse response = HttpResponse.create().withStatus(code).withEntity(HttpEntities.create(body()));
            for (var header : recording.path("headers").properties()) {
                response = response.addHeader(
                        RawHeader.create(header.getKey(), header.getValue().asText()));
            }
            var responses = new Responses(vendor.format(), Reading.MAX_SIZE, CLOCK);
            BodyReader reader =
                    responses.reader(Questions.plain(vendor.model()), response, Reading.origin(vendor), piece -> {});
            assertThat(reader.read(ByteString.fromArray(body()))).isNull();
            return (ProviderFailure) reader.end();
        }

        @Override
        public String toString() {
            return vendor + " " + recording;
        }
    }

    static Stream<Refusal> refusals() {
        return Stream.of(WireVendor.values()).flatMap(VendorErrorsTest::refusals);
    }

    private static Stream<Refusal> refusals(WireVendor vendor) {
        List<Refusal> refusals = new ArrayList<>();
        Contract.tree(vendor.label() + "/errors.json")
                .forEach(recording -> refusals.add(new Refusal(vendor, recording)));
        return refusals.stream();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysInOneLineWhatItIsAndWhenToComeAgain(Refusal refusal) {
        JsonNode expected = refusal.recording();
        JsonNode seconds = expected.path("retryAfterSeconds");
        Duration wait = seconds.isNumber() ? Duration.ofSeconds(seconds.asLong()) : null;
        WireVendor vendor = refusal.vendor();
        assertThat(refusal.failure())
                .isEqualTo(new ProviderFailure(
                        Kind.valueOf(expected.path("kind").asText()),
                        expected.path("says").asText(),
                        wait,
                        vendor.label(),
                        vendor.model()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRetriedOnlyWhenItMayBeOtherwiseLater(Refusal refusal) {
        Kind kind = refusal.failure().kind();
        assertThat(kind.retryable()).isEqualTo(RETRYABLE.contains(kind));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void namesNoKeyAndEndsNoLine(Refusal refusal) {
        assertThat(refusal.failure().message()).doesNotContain(Reading.KEY, "sk-", "\n", "\r");
    }

    /** Whatever the words, a status that has one meaning keeps it. */
    @ParameterizedTest
    @EnumSource
    void knowsEveryVendorsStatusWithoutABody(WireVendor vendor) {
        var kinds = new ArrayList<Kind>();
        for (int status : new int[] {400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 529}) {
            kinds.add(ErrorBody.failure(Reading.origin(vendor), status, new byte[0], null)
                    .kind());
        }
        assertThat(kinds)
                .containsExactly(
                        Kind.INVALID_REQUEST,
                        Kind.UNAUTHORIZED,
                        Kind.NO_BALANCE,
                        Kind.UNAUTHORIZED,
                        Kind.NOT_FOUND,
                        Kind.TIMEOUT,
                        Kind.INVALID_REQUEST,
                        Kind.INVALID_REQUEST,
                        Kind.RATE_LIMITED,
                        Kind.UPSTREAM_ERROR,
                        Kind.UPSTREAM_ERROR,
                        Kind.UPSTREAM_ERROR,
                        Kind.UPSTREAM_ERROR,
                        Kind.UPSTREAM_ERROR);
    }

    /** Codes of HTTP inside a stream, as OpenRouter sends them, and types as Anthropic and OpenAI do. */
    @ParameterizedTest
    @CsvSource({
        "OPENROUTER, 400, INVALID_REQUEST",
        "OPENROUTER, 401, UNAUTHORIZED",
        "OPENROUTER, 402, NO_BALANCE",
        "OPENROUTER, 403, UNAUTHORIZED",
        "OPENROUTER, 408, TIMEOUT",
        "OPENROUTER, 429, RATE_LIMITED",
        "OPENROUTER, 502, UPSTREAM_ERROR",
        "OPENAI, insufficient_quota, NO_BALANCE",
        "OPENAI, rate_limit_exceeded, RATE_LIMITED",
        "OPENAI, invalid_api_key, UNAUTHORIZED",
        "OPENAI, model_not_found, NOT_FOUND",
        "GLM, 1113, NO_BALANCE",
        "GLM, 1211, NOT_FOUND",
        "GLM, 1302, RATE_LIMITED",
        "GLM, 11130, UPSTREAM_ERROR",
    })
    void knowsACodeInsideAStream(WireVendor vendor, String code, Kind kind) {
        String chunk = "data: {\"error\":{\"message\":\"no " + Reading.KEY + "\",\"code\":\"" + code + "\"}}\n\n";
        ChatOutcome outcome =
                Reading.of(vendor, true, chunk.getBytes(StandardCharsets.UTF_8)).outcome();
        String message = vendor.label() + " reported an error instead of an answer: no ***";
        assertThat(outcome).isEqualTo(new ProviderFailure(kind, message, null, vendor.label(), vendor.model()));
    }
}
