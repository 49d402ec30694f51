package io.exai.provider.sandbox.visit;

import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What a visitor gets when it is his turn. */
public sealed interface Turn {
    /** A response. */
    record Answer(HttpResponse response) implements Turn {}

    /** Nothing, for good. */
    record Silence() implements Turn {}

    /** A closed connection. */
    record HangUp() implements Turn {}
}
