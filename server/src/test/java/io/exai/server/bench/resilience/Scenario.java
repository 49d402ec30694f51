package io.exai.server.bench.resilience;

/** What {@code --only} chooses from. */
enum Scenario {
    KILL,
    SUPERVISED,
    PARTITION,
    DATABASE,
    ROLLING,
    SAME,
    BUDGETS,
    FAIRNESS,
    SPEED;

    Trial trial() {
        return switch (this) {
            case KILL -> new Toil(Fault.KILL);
            case SUPERVISED -> new Toil(Fault.SUPERVISED);
            case PARTITION -> new Toil(Fault.PARTITION);
            case DATABASE -> new Toil(Fault.DATABASE);
            case ROLLING -> new Toil(Fault.ROLLING);
            case SAME -> new Same();
            case BUDGETS -> new Budgets();
            case FAIRNESS -> new Fairness();
            case SPEED -> new Speed();
        };
    }
}
