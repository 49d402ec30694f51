package io.exai.provider.catalogue;

/** The temperatures a model takes, and the one it is asked with when nobody names one. */
public record Temperature(double least, double most, double standard) {
    /** The nearest one that the model takes. */
    public double nearest(double wanted) {
        return Math.min(most, Math.max(least, wanted));
    }
}
