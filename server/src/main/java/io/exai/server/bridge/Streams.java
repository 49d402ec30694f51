package io.exai.server.bridge;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * What connects a bridge with the process that started it.
 *
 * @param in lines of the client
 * @param out lines for the client
 * @param notices one line each, for people
 */
public record Streams(InputStream in, OutputStream out, Consumer<String> notices) {}
