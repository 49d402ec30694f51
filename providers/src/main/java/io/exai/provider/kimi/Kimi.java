package io.exai.provider.kimi;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.openai.Variant;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Kimi: a search that the model asks for like a function and the caller sends back, a cache of what questions begin
 * with, and reasoning that has to be shown again.
 *
 * @see <a href="https://platform.moonshot.ai/docs/guide/use-web-search">web search</a>
 */
public final class Kimi implements Variant {
    private static final String WEB_SEARCH = "$web_search";
    private static final String CACHE_TTL_SECONDS = "3600";

    /** A longer token is not kept rather than refused later. */
    private static final int LONGEST_HEADER = 4096;

    private final CacheTokens tokens;

    public Kimi(Clock clock) {
        this.tokens = new CacheTokens(clock);
    }

    /** The last choice has it anyway. */
    @Override
    public boolean asksForUsage() {
        return false;
    }

    /** The result of a search is its own arguments, whatever a caller made of them. */
    @Override
    public String text(ChatMessage message) {
        FunctionCall answered = message.answered();
        return answered != null && answered.name().equals(WEB_SEARCH) ? answered.arguments() : message.text();
    }

    @Override
    public boolean repeatsReasoning() {
        return true;
    }

    @Override
    public boolean searches() {
        return true;
    }

    @Override
    public void writeSearch(JsonGenerator json) throws IOException {
        json.writeStringField("type", "builtin_function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", WEB_SEARCH);
        json.writeEndObject();
    }

    @Override
    public List<HttpHeader> headers(ChatRequest request) {
        var headers = new ArrayList<HttpHeader>();
        headers.add(RawHeader.create("Msh-Trace-Mode", "on"));
        CacheTokens.key(request).ifPresent(key -> {
            headers.add(RawHeader.create("X-Msh-Context-Cache", key));
            headers.add(RawHeader.create("X-Msh-Context-Cache-Reset-TTL", CACHE_TTL_SECONDS));
            tokens.find(key).ifPresent(token -> headers.add(RawHeader.create("Msh-Context-Cache-Token", token)));
        });
        return headers;
    }

    @Override
    public void heard(ChatRequest request, HttpResponse response) {
        CacheTokens.key(request)
                .ifPresent(key -> response.getHeader("Msh-Context-Cache-Token-Saved")
                        .map(header -> header.value().strip())
                        .filter(token -> !token.isEmpty() && token.length() <= LONGEST_HEADER)
                        .ifPresent(token -> tokens.keep(key, token)));
    }

    /** The vendor searches once its own arguments have come back to it. */
    @Override
    public Optional<ChatRequest> next(ChatRequest request, ChatAnswer answer) {
        boolean searching = !answer.calls().isEmpty()
                && answer.calls().stream().allMatch(call -> call.name().equals(WEB_SEARCH));
        if (!searching) {
            return Optional.empty();
        }
        var messages = new ArrayList<>(request.messages());
        messages.add(ChatMessage.calling(answer));
        for (FunctionCall call : answer.calls()) {
            messages.add(ChatMessage.result(call, ""));
        }
        return Optional.of(request.with(messages));
    }
}
