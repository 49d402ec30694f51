package io.exai.provider.http;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Piece;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** How one vendor's requests and answers look on the wire; used by any thread. */
public interface WireFormat {
    /**
     * A complete request but for its host.
     *
     * @param basePath of the vendor's address, without trailing slash
     */
    HttpRequest request(String basePath, @Nullable String apiKey, ChatRequest request);

    /** Reads the body of a response with status 200 that is one document. */
    BodyReader document(Origin origin, long maxSize, Consumer<Piece> pieces);

    /** Reads the body of a response with status 200 that is an event stream. */
    BodyReader events(Origin origin, long maxSize, Consumer<Piece> pieces);

    /** What a vendor said in the head of a response with status 200. */
    default void heard(ChatRequest request, HttpResponse response) {}

    /** The request that the vendor expects next, if that answer is only a step towards the one that was asked for. */
    default Optional<ChatRequest> next(ChatRequest request, ChatAnswer answer) {
        return Optional.empty();
    }
}
