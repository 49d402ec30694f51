package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.server.change.Change;
import io.exai.server.change.Changes;
import io.exai.server.feature.Asker;
import io.exai.server.session.ToClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.Actor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/** Which changes the client of one connection hears of. Called from one thread at a time. */
final class Subscriptions {
    /** Of one connection at once. */
    private static final int MOST = 64;

    /** What a legacy client hears without a subscription is kept under this name, which is no request id. */
    private static final String LEGACY = "legacy";

    private final EdgeParts parts;
    private final Sayings sayings;
    private final Wire wire;
    private final String principal;
    private final ActorRef<ToClient> self;
    private final Map<String, Notices> listening = new HashMap<>();
    private Changes.@Nullable Subscription changes;

    /** {@code self} is told of every change. */
    Subscriptions(EdgeParts parts, Wire wire, String principal, ActorRef<ToClient> self) {
        this.parts = parts;
        this.sayings = new Sayings(parts.messages());
        this.wire = wire;
        this.principal = principal;
        this.self = self;
    }

    /** A legacy client hears of all lists, and of the resources that its session has subscribed to. */
    void follow(String sessionId, List<String> resources) {
        listening.put(LEGACY, Notices.legacy(principal, sessionId, resources));
        hearChanges();
    }

    /** A modern client listens for changes until it cancels the request, or the connection ends. */
    void listen(Incoming.Request request, Asker asker) {
        JsonNode wanted = request.params().path("notifications");
        if (!wanted.isObject() || listening.size() >= MOST) {
            wire.send(sayings.error(
                    request.id(),
                    RpcError.of(
                            RpcError.INVALID_PARAMS,
                            "notifications: " + Shown.of(wanted) + " (expected: an object, in at most " + MOST
                                    + " subscriptions)")));
            return;
        }
        Notices notices = Notices.modern(principal, request.id(), wanted, CallRequest.knowsTasks(asker.capabilities()));
        listening.put(request.id().json(), notices);
        wire.send(sayings.notice(notices.acknowledged()));
        hearChanges();
    }

    /** Whether that request was listening. */
    boolean cancel(RequestId request) {
        return listening.remove(request.json()) != null;
    }

    void heard(Change change) {
        for (Notices notices : listening.values()) {
            notices.of(change).ifPresent(notice -> wire.sendIfIdle(sayings.notice(notice)));
        }
    }

    /** The daemon stops: each listening request gets its result. */
    void draining() {
        listening.forEach((id, notices) -> {
            if (!id.equals(LEGACY)) {
                wire.send(parts.messages().result(new RequestId(id), Revision.R2026_07_28, notices.ended()));
            }
        });
    }

    void close() {
        if (changes != null) {
            changes.close();
        }
    }

    private void hearChanges() {
        if (changes == null) {
            changes = parts.changes().listen(change -> Adapter.toClassic(self).tell(change, Actor.noSender()));
        }
    }
}
