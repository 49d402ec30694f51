package io.exai.provider.chat;

/** One turn of the text sent to a model. */
public record ChatMessage(Role role, String text) {}
