package io.exai.server.edge;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Responses that a feed fills: event by event, or as one JSON text when the feed has ended. */
record FeedReply(Connections open, ActorSystem<?> system, Executor executor) {
    /** {@code pingInterval} is how often a comment is sent on a quiet stream. */
    CompletionStage<HttpResponse> events(Supplier<Feed> feeds, Duration pingInterval) {
        return HttpReply.now(HttpReply.events(new EventStream(feeds, open, pingInterval)));
    }

    /** Completes when the feed ends, with all that it was filled with. */
    CompletionStage<HttpResponse> json(Supplier<Feed> feeds) {
        return Source.<ByteString, NotUsed>fromGraph(new EventStream(feeds, open, null))
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system)
                .thenApplyAsync(body -> HttpReply.json(200, body.toArrayUnsafe()), executor);
    }
}
