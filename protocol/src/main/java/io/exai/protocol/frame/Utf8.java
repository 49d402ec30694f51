package io.exai.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8, as RFC 6455 section 8.1 asks of text frames: no surrogates, no overlong forms. */
public final class Utf8 {
    private Utf8() {}

    public static boolean isValid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            if (bytes[at] < 0) {
                return decodes(ByteBuffer.wrap(bytes, at, end - at));
            }
        }
        return true;
    }

    private static boolean decodes(ByteBuffer rest) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(rest);
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }
}
