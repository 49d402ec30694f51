package io.exai.provider.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of what is sent to a model.
 *
 * @param images shown by a user
 * @param calls that the assistant asked for
 * @param reasoning what the assistant said to itself, where the vendor wants it back
 * @param answered the call whose result this is; of role TOOL only
 */
public record ChatMessage(
        Role role,
        String text,
        List<Image> images,
        List<FunctionCall> calls,
        @Nullable String reasoning,
        @Nullable FunctionCall answered) {
    public ChatMessage {
        images = List.copyOf(images);
        calls = List.copyOf(calls);
    }

    public ChatMessage(Role role, String text) {
        this(role, text, List.of(), List.of(), null, null);
    }

    /** A user's question about pictures. */
    public static ChatMessage showing(String text, List<Image> images) {
        return new ChatMessage(Role.USER, text, images, List.of(), null, null);
    }

    /** What the assistant answered, with the calls it asked for. */
    public static ChatMessage calling(ChatAnswer answer) {
        return new ChatMessage(Role.ASSISTANT, answer.text(), List.of(), answer.calls(), answer.reasoning(), null);
    }

    /** The result of a call. */
    public static ChatMessage result(FunctionCall call, String result) {
        return new ChatMessage(Role.TOOL, result, List.of(), List.of(), null, call);
    }
}
