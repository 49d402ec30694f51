package io.exai.provider.router;

import io.exai.provider.catalogue.Model;
import java.util.Comparator;

/** Which of two models that can answer is the better one. */
final class Ranking {
    /** So many points of rank or speed is a model worth that costs a tenth. */
    private static final double POINTS_PER_TENTH = 12;

    private static final double SPEED_SHARE = 0.5;
    private static final double CENT_NANOS = 1e7;

    private Ranking() {}

    static Comparator<Model> by(Fitness fitness) {
        Comparator<Model> best = switch (fitness.need().preference()) {
            case SPEED -> Comparator.comparingInt(Model::speed).thenComparingInt(Model::rank);
            case QUALITY -> Comparator.comparingInt(Model::rank).thenComparingInt(Model::speed);
            case BALANCED -> Comparator.comparingDouble(model -> value(model, fitness));
        };
        return best.reversed().thenComparing(Model::name);
    }

    static String reason(Preference preference) {
        return switch (preference) {
            case SPEED -> "the fastest that can";
            case QUALITY -> "the best that can";
            case BALANCED -> "the best value of those that can";
        };
    }

    private static double value(Model model, Fitness fitness) {
        double cents = fitness.cost(model) / CENT_NANOS;
        return model.rank() + SPEED_SHARE * model.speed() - POINTS_PER_TENTH * Math.log10(0.01 + cents);
    }
}
