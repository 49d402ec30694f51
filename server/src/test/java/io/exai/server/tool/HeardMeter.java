package io.exai.server.tool;

import io.exai.provider.actor.Effort;
import io.exai.provider.catalogue.Model;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.Usage;
import io.exai.server.metric.Ending;
import io.exai.server.metric.Meter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it heard, as lines. */
final class HeardMeter implements Meter {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void answered(Model model, Usage usage, long costNanos, Effort effort) {
        heard.add(model.name() + " answered, " + usage.inputTokens() + " in, " + usage.outputTokens() + " out, "
                + costNanos + " nanos, " + effort.attempts() + " attempts");
    }

    @Override
    public void failed(Model model, ProviderFailure.Kind kind, int attempts) {
        heard.add(model.name() + " failed, " + kind + ", " + attempts + " attempts");
    }

    @Override
    public void fellBack(Model from, Model to) {
        heard.add(from.name() + " to " + to.name());
    }

    @Override
    public void ended(String tool, Ending ending) {
        heard.add(tool + " " + ending);
    }
}
