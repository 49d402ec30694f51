package io.exai.provider.sandbox.visit;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.anthropic.MessagesReader;
import io.exai.provider.sandbox.anthropic.MessagesVoice;
import io.exai.provider.sandbox.openai.ChatReader;
import io.exai.provider.sandbox.openai.ChatVoice;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Voice;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;

/** Who reads and writes for a dialect. */
public final class Voices {
    private static final Voice CHAT = new ChatVoice();
    private static final Voice MESSAGES = new MessagesVoice();

    private Voices() {}

    static Voice of(Dialect dialect) {
        return dialect.messages() ? MESSAGES : CHAT;
    }

    public static Question read(Dialect dialect, JsonNode body) throws InvalidQuestion {
        return dialect.messages() ? MessagesReader.read(dialect, body) : ChatReader.read(dialect, body);
    }
}
