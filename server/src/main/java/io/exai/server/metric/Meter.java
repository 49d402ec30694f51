package io.exai.server.metric;

import io.exai.provider.actor.Effort;
import io.exai.provider.catalogue.Model;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.Usage;

/** Hears on the path of calls what there is to count. Any thread may call; nothing blocks, nothing fails. */
public interface Meter {
    /**
     * A model has answered.
     *
     * @param costNanos in billionths of a US dollar
     */
    void answered(Model model, Usage usage, long costNanos, Effort effort);

    /**
     * There is no answer of a model.
     *
     * @param attempts 0 when its vendor was not asked at all
     */
    void failed(Model model, ProviderFailure.Kind kind, int attempts);

    /** A model is asked because another has failed. */
    void fellBack(Model from, Model to);

    /** A tool call is over. */
    void ended(String tool, Ending ending);

    /** Counts nothing. */
    static Meter none() {
        return new Meter() {
            @Override
            public void answered(Model model, Usage usage, long costNanos, Effort effort) {
                // nobody wants to know
            }

            @Override
            public void failed(Model model, ProviderFailure.Kind kind, int attempts) {
                // nobody wants to know
            }

            @Override
            public void fellBack(Model from, Model to) {
                // nobody wants to know
            }

            @Override
            public void ended(String tool, Ending ending) {
                // nobody wants to know
            }
        };
    }
}
