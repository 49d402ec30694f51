package io.exai.persistence.payload;

import io.exai.persistence.Durable;

/** Names a content by its SHA-256 (64 lower-case hexadecimal digits) and tells its size in bytes. */
public record PayloadRef(String sha256, long size) implements Durable {}
