package io.exai.protocol.json;

import java.io.ByteArrayOutputStream;

/** Bytes being written; an output stream that never fails. */
public final class Utf8Buffer extends ByteArrayOutputStream {
    public Utf8Buffer() {
        super(512);
    }
}
