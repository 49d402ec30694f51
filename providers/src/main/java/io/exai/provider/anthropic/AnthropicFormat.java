package io.exai.provider.anthropic;

import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Piece;
import io.exai.provider.http.BodyReader;
import io.exai.provider.http.EventStream;
import io.exai.provider.http.Headers;
import io.exai.provider.http.Origin;
import io.exai.provider.http.WholeBody;
import io.exai.provider.http.WireFormat;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * Messages, as Anthropic made them and MiniMax took them over.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">reference</a>
 */
public final class AnthropicFormat implements WireFormat {
    private static final String PATH = "/v1/messages";
    private static final String VERSION = "2023-06-01";

    private final SignedThoughts thoughts = new SignedThoughts();

    @Override
    public HttpRequest request(String basePath, @Nullable String apiKey, ChatRequest request) {
        HttpRequest http = HttpRequest.POST(basePath + PATH)
                .addHeader(Headers.accept(request.stream()))
                .addHeader(Headers.idempotencyKey(request.callKey()))
                .addHeader(RawHeader.create("anthropic-version", VERSION));
        HttpRequest known = apiKey == null ? http : http.addHeader(RawHeader.create("x-api-key", apiKey));
        return known.withEntity(
                HttpEntities.create(ContentTypes.APPLICATION_JSON, new MessagesBody(request, thoughts).bytes()));
    }

    @Override
    public BodyReader document(Origin origin, long maxSize, Consumer<Piece> pieces) {
        return new WholeBody(maxSize, body -> new WholeMessage(origin, pieces, thoughts).read(body));
    }

    @Override
    public BodyReader events(Origin origin, long maxSize, Consumer<Piece> pieces) {
        return new EventStream(maxSize, new StreamedMessage(origin, pieces, thoughts));
    }
}
