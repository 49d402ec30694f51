package io.exai.provider.sandbox.log;

/** What a request asked for. */
public record Asked(String model, String prompt, boolean stream) {}
