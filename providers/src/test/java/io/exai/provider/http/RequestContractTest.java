package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ChatRequest;
import io.exai.provider.fixture.Contract;
import io.exai.provider.fixture.Questions;
import io.exai.provider.fixture.WireVendor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each question in each dialect: the exact body, no field beyond the reference, the exact headers. */
class RequestContractTest {
    private static final String KEY = "sk-secret-0123456789";

    @ParameterizedTest
    @EnumSource
    void asksEveryQuestionInTheRecordedWords(WireVendor vendor) {
        Map<String, ChatRequest> questions = Questions.of(vendor.model());
        String folder = vendor.label() + "/request";
        assertThat(Contract.names(folder, ".json")).containsExactlyElementsOf(questions.keySet());
        questions.forEach((name, question) -> assertThat(Contract.body(send(vendor, KEY, question)))
                .as("%s %s", vendor, name)
                .isEqualTo(Contract.tree(folder + '/' + name + ".json")));
    }

    @ParameterizedTest
    @EnumSource
    void sendsNoFieldThatTheReferenceDoesNotKnow(WireVendor vendor) {
        var known = new HashSet<String>();
        Contract.tree(vendor.label() + "/fields.json").forEach(field -> known.add(field.asText()));
        Questions.of(vendor.model())
                .forEach((name, question) -> assertThat(Contract.fields(Contract.body(send(vendor, KEY, question))))
                        .as("%s %s", vendor, name)
                        .isSubsetOf(known));
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheHeadersOfTheReferenceAndNoOther(WireVendor vendor) {
        for (boolean stream : new boolean[] {true, false}) {
            ChatRequest question = Questions.plain(vendor.model());
            HttpRequest sent = send(vendor, KEY, stream ? Questions.streamed(question) : question);
            var expected = headers(vendor);
            expected.put("Accept", stream ? "text/event-stream" : "application/json");
            assertThat(Contract.headers(sent)).isEqualTo(expected);
            assertThat(sent.getUri().getPathString()).isEqualTo(vendor.basePath() + path(vendor));
            assertThat(sent.method().value()).isEqualTo("POST");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsNoKeyWhereThereIsNone(WireVendor vendor) {
        var expected = headers(vendor);
        expected.remove("Authorization");
        expected.remove("x-api-key");
        expected.put("Accept", "application/json");
        assertThat(Contract.headers(send(vendor, null, Questions.plain(vendor.model()))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void writesTheKeyIntoOneHeaderOnly(WireVendor vendor) {
        for (ChatRequest question : Questions.of(vendor.model()).values()) {
            HttpRequest sent = send(vendor, KEY, question);
            List<String> places = new ArrayList<>(Contract.headers(sent).values());
            places.add(Contract.body(sent).toString());
            places.add(sent.getUri().toString());
            assertThat(places).filteredOn(place -> place.contains(KEY)).hasSize(1);
        }
    }

    private static HttpRequest send(WireVendor vendor, @Nullable String key, ChatRequest question) {
        return vendor.format().request(vendor.basePath(), key, question);
    }

    private static String path(WireVendor vendor) {
        return vendor.speaksMessages() ? "/v1/messages" : "/chat/completions";
    }

    private static Map<String, String> headers(WireVendor vendor) {
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", "call-1");
        if (vendor.speaksMessages()) {
            headers.put("x-api-key", KEY);
            headers.put("anthropic-version", "2023-06-01");
        } else {
            headers.put("Authorization", "Bearer " + KEY);
        }
        if (vendor == WireVendor.KIMI) {
            headers.put("Msh-Trace-Mode", "on");
        }
        if (vendor == WireVendor.GLM) {
            headers.put("Accept-Language", "en-US,en");
        }
        return headers;
    }
}
