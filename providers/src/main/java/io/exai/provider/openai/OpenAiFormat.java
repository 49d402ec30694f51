package io.exai.provider.openai;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Piece;
import io.exai.provider.http.BodyReader;
import io.exai.provider.http.EventStream;
import io.exai.provider.http.Headers;
import io.exai.provider.http.Origin;
import io.exai.provider.http.WholeBody;
import io.exai.provider.http.WireFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions, as OpenAI made them and others took them over.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">reference</a>
 */
public record OpenAiFormat(Variant variant) implements WireFormat {
    private static final String PATH = "/chat/completions";

    @Override
    public HttpRequest request(String basePath, @Nullable String apiKey, ChatRequest request) {
        HttpRequest http = HttpRequest.POST(basePath + PATH)
                .addHeader(Headers.accept(request.stream()))
                .addHeader(Headers.idempotencyKey(request.callKey()))
                .addHeaders(variant.headers(request));
        HttpRequest known =
                apiKey == null ? http : http.addHeader(RawHeader.create("Authorization", "Bearer " + apiKey));
        byte[] body = new RequestBody(variant, request).bytes();
        return known.withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
    }

    @Override
    public BodyReader document(Origin origin, long maxSize, Consumer<Piece> pieces) {
        return new WholeBody(maxSize, body -> new WholeAnswer(origin, pieces).read(body));
    }

    @Override
    public BodyReader events(Origin origin, long maxSize, Consumer<Piece> pieces) {
        return new EventStream(maxSize, new StreamedAnswer(origin, pieces));
    }

    @Override
    public void heard(ChatRequest request, HttpResponse response) {
        variant.heard(request, response);
    }

    @Override
    public Optional<ChatRequest> next(ChatRequest request, ChatAnswer answer) {
        return variant.next(request, answer);
    }
}
