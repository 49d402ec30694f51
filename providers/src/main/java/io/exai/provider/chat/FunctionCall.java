package io.exai.provider.chat;

/**
 * A model asks its caller to call a function.
 *
 * @param id by which the result is matched to the call
 * @param arguments JSON text, as the model wrote it
 */
public record FunctionCall(String id, String name, String arguments) {}
