package io.exai.provider.chat;

/**
 * A function that a model may ask its caller to call.
 *
 * @param parameters a JSON Schema of type object, as text
 */
public record FunctionSpec(String name, String description, String parameters) {}
