package io.exai.provider.sandbox.question;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The web as the sandbox knows it: a page a search. */
public final class WebSearch {
    /** Moonshot's own search, which its client has to ask back for. */
    public static final String BUILT_IN = "$web_search";

    private WebSearch() {}

    static ToolCall call(String prompt) {
        byte[] arguments = Json.object(json -> {
            Json.object(
                    json,
                    "search_result",
                    result -> result.writeStringField("search_id", Integer.toHexString(prompt.hashCode())));
            Json.object(json, "usage", usage -> usage.writeNumberField("total_tokens", Words.count(prompt)));
        });
        return new ToolCall(BUILT_IN, true, new String(arguments, StandardCharsets.UTF_8));
    }

    /** Moonshot wants its arguments back unchanged, under the same name. */
    static void checkEcho(String prompt, ToolCall call, String name, String text, String at) throws InvalidQuestion {
        boolean same = text.equals(call.arguments()) && text.equals(call(prompt).arguments());
        if (!name.equals(BUILT_IN) || !same) {
            throw InvalidQuestion.wrong(at, "the unchanged arguments of " + BUILT_IN + " under this name");
        }
    }

    /** Z.ai's result list. */
    public static void results(JsonGenerator json, String field, String query) throws IOException {
        Json.array(
                json,
                field,
                results -> Json.member(results, result -> {
                    result.writeStringField("title", "[sandbox] result for: " + Question.cut(query));
                    result.writeStringField("content", "[sandbox] The sandbox searched for nothing and found this.");
                    result.writeStringField("link", "https://sandbox.invalid/1");
                    result.writeStringField("media", "sandbox");
                    result.writeStringField("icon", "https://sandbox.invalid/icon.png");
                    result.writeStringField("refer", "ref_1");
                    result.writeStringField("publish_date", "2026-01-01");
                }));
    }
}
