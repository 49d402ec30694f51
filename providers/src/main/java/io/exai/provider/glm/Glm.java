package io.exai.provider.glm;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Thinking;
import io.exai.provider.openai.Variant;
import java.io.IOException;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * GLM: thinking that is switched on or off, a search that the vendor does by itself, and arguments of functions that
 * stream only on request.
 *
 * @see <a href="https://docs.z.ai/api-reference/llm/chat-completion">reference</a>
 */
public final class Glm implements Variant {
    /** This model takes no other choice of tools. */
    private static final String CHOOSES_ITSELF = "glm-4.6";

    /** The last chunk has it anyway. */
    @Override
    public boolean asksForUsage() {
        return false;
    }

    @Override
    public boolean namesResults() {
        return false;
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
        json.writeStringField("type", "web_search");
        json.writeObjectFieldStart("web_search");
        json.writeStringField("search_engine", "search_pro_jina");
        json.writeStringField("search_recency_filter", "oneWeek");
        json.writeStringField("content_size", "medium");
        json.writeStringField("result_sequence", "after");
        json.writeBooleanField("search_result", true);
        json.writeEndObject();
    }

    @Override
    public void writeRequest(JsonGenerator json, ChatRequest request) throws IOException {
        Thinking thinking = request.abilities().thinking();
        if (thinking != null) {
            json.writeObjectFieldStart("thinking");
            json.writeStringField("type", thinking == Thinking.MINIMAL ? "disabled" : "enabled");
            json.writeEndObject();
        }
        boolean tools = request.abilities().webSearch()
                || !request.abilities().functions().isEmpty();
        if (tools && request.model().equals(CHOOSES_ITSELF)) {
            json.writeStringField("tool_choice", "auto");
        }
        if (request.stream() && !request.abilities().functions().isEmpty()) {
            json.writeBooleanField("tool_stream", true);
        }
    }

    @Override
    public List<HttpHeader> headers(ChatRequest request) {
        return List.of(RawHeader.create("Accept-Language", "en-US,en"));
    }
}
