package io.exai.persistence;

/** Marks a type that is written to disk: add components, never rename or remove them, never reuse a class name. */
public interface Durable {}
