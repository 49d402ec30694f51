package io.exai.provider.sandbox;

import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.wire.Dialect;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Moonshot's context cache, as far as its headers tell: hands out tokens and knows the latest again. */
final class ContextCache {
    private static final int MOST_TOKENS = 1_000;

    private final Set<String> known = new HashSet<>();
    private final ArrayDeque<String> inOrder = new ArrayDeque<>();
    private long handedOut;

    /** Headers of the answer. */
    List<HttpHeader> headers(HttpRequest request, Dialect dialect) {
        if (dialect != Dialect.KIMI || request.getHeader("X-Msh-Context-Cache").isEmpty()) {
            return List.of();
        }
        return List.of(RawHeader.create("Msh-Context-Cache-Token-Saved", handOut()));
    }

    /** The question, its first message cached when the request shows a token of ours. */
    Question recall(HttpRequest request, Question question) {
        if (question.dialect() != Dialect.KIMI) {
            return question;
        }
        boolean cached = request.getHeader("Msh-Context-Cache-Token")
                .map(token -> isKnown(token.value()))
                .orElse(false);
        return cached ? question.withFirstCached() : question;
    }

    private synchronized String handOut() {
        String token = "cache-sandbox-" + ++handedOut;
        known.add(token);
        inOrder.addLast(token);
        if (inOrder.size() > MOST_TOKENS) {
            known.remove(inOrder.removeFirst());
        }
        return token;
    }

    private synchronized boolean isKnown(String token) {
        return known.contains(token);
    }
}
