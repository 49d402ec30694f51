package io.exai.provider.sandbox;

import io.exai.provider.sandbox.visit.Visit;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What the desk does with a request. */
sealed interface Reception {
    /** Answered at once. */
    record Now(HttpResponse response) implements Reception {}

    /** A chat request, answered after the latency. */
    record Later(Visit visit) implements Reception {}
}
