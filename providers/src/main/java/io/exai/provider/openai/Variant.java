package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Where one vendor's dialect leaves the common ground of chat completions; used by any thread. */
public interface Variant {
    /** Name of the field that bounds the answer. */
    default String maxTokensField() {
        return "max_tokens";
    }

    /** That bound as the vendor counts it: with most, what a model thinks is a part of its answer. */
    default int maxTokens(ChatRequest request, int ofTheAnswer) {
        return ofTheAnswer;
    }

    /** Whether the model can be told a temperature. */
    default boolean takesTemperature(ChatRequest request) {
        return true;
    }

    /** Whether a stream has to be asked for its usage. */
    default boolean asksForUsage() {
        return true;
    }

    /** The text of a message as the vendor wants it. */
    default String text(ChatMessage message) {
        return message.text();
    }

    /** Whether the result of a call repeats the name of the function. */
    default boolean namesResults() {
        return true;
    }

    /** Whether the assistant's reasoning is shown to it again. */
    default boolean repeatsReasoning() {
        return false;
    }

    /** Whether it has a search of its own, as a tool that {@link #writeSearch} writes. */
    default boolean searches() {
        return false;
    }

    /** The fields of that tool. */
    default void writeSearch(JsonGenerator json) throws IOException {}

    /** Fields that a request has besides the common ones. */
    default void writeRequest(JsonGenerator json, ChatRequest request) throws IOException {}

    /** Headers besides content type, key and idempotency key. */
    default List<HttpHeader> headers(ChatRequest request) {
        return List.of();
    }

    /** As {@link io.exai.provider.http.WireFormat#heard}. */
    default void heard(ChatRequest request, HttpResponse response) {}

    /** As {@link io.exai.provider.http.WireFormat#next}. */
    default Optional<ChatRequest> next(ChatRequest request, ChatAnswer answer) {
        return Optional.empty();
    }
}
