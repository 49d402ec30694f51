package io.exai.server.spending.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Amounts in billionths of a US dollar, as people read them. */
public final class Usd {
    private static final int NANO_DIGITS = 9;
    private static final BigDecimal CENTS_TELL_LITTLE = new BigDecimal("0.10");

    private Usd() {}

    /** Such as {@code 12.30}; less than ten cents with two digits that say something, such as {@code 0.0042}. */
    public static String text(long nanos) {
        BigDecimal dollars = BigDecimal.valueOf(nanos, NANO_DIGITS);
        if (nanos == 0 || dollars.abs().compareTo(CENTS_TELL_LITTLE) >= 0) {
            return dollars.setScale(2, RoundingMode.HALF_UP).toPlainString();
        }
        BigDecimal rounded =
                dollars.round(new MathContext(2, RoundingMode.HALF_UP)).stripTrailingZeros();
        return rounded.setScale(Math.max(2, rounded.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    public static double dollars(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).doubleValue();
    }
}
