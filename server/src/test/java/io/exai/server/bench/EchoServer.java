package io.exai.server.bench;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.javadsl.Flow;

/** The yardstick: the least that Pekko HTTP does with a WebSocket, its default settings but for the connection limit. */
public final class EchoServer {
    private static final String LIMITS = "pekko.http.server { max-connections = 20100, backlog = 1024 }";

    private EchoServer() {}

    /** Argument: the port to listen on. */
    public static void main(String[] arguments) {
        var config = ConfigFactory.parseString(LIMITS).withFallback(ConfigFactory.load());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "echo", config);
        Http.get(system)
                .newServerAt("127.0.0.1", Integer.parseInt(arguments[0]))
                .bindSync(EchoServer::handle)
                .whenCompleteAsync(
                        (binding, failure) -> {
                            if (failure != null) {
                                system.terminate();
                            }
                        },
                        system.executionContext());
    }

    private static HttpResponse handle(HttpRequest request) {
        return request.getAttribute(AttributeKeys.webSocketUpgrade)
                .map(upgrade -> upgrade.handleMessagesWith(echo()))
                .orElseGet(HttpResponse::create);
    }

    private static Flow<Message, Message, NotUsed> echo() {
        return Flow.<Message>create()
                .map(message -> TextMessage.create(message.asTextMessage().getStrictText()));
    }
}
