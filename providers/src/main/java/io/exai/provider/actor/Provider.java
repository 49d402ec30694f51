package io.exai.provider.actor;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.ProviderFailure;
import org.apache.pekko.actor.typed.ActorRef;

/** One vendor on this node. Each Ask gets exactly one Answered or Failed; none after Cancel or when its asker died. */
public final class Provider {
    /** What a provider is told. */
    public sealed interface Command {}

    /** Calls the vendor, now or when a permit is free; sessions take turns. */
    public record Ask(ChatRequest request, String session, ActorRef<Reply> replyTo) implements Command {}

    /** Gives up every ask with this key, without a reply. */
    public record Cancel(String callKey) implements Command {}

    /** Asks how the provider is doing. */
    public record Describe(ActorRef<Description> replyTo) implements Command {}

    /** What an asker hears. */
    public sealed interface Reply {
        String callKey();
    }

    /** The next piece of a streamed answer. */
    public record Delta(String callKey, String text) implements Reply {}

    /** The whole answer. */
    public record Answered(String callKey, ChatAnswer answer) implements Reply {}

    /** There is no answer, and why. */
    public record Failed(String callKey, ProviderFailure failure) implements Reply {}

    /** A provider's state at one moment; answered and failed count since start. */
    public record Description(
            String provider,
            String baseUrl,
            boolean sandbox,
            int inFlight,
            int waiting,
            int limit,
            long answered,
            long failed) {}

    private Provider() {}
}
