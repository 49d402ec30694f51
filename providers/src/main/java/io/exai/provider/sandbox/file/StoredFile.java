package io.exai.provider.sandbox.file;

import io.exai.provider.sandbox.wire.Dialect;
import java.time.Instant;

/** A file that a client uploaded. */
record StoredFile(String id, Dialect dialect, String name, String purpose, byte[] content, Instant created) {}
