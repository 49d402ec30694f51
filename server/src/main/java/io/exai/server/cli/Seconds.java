package io.exai.server.cli;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of seconds, such as 30 or 0.25, down to the millisecond. */
final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Duration.ofMillis(new BigDecimal(text.strip())
                    .movePointRight(3)
                    .toBigInteger()
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw new TypeConversionException("'" + text + "' (expected: a number of seconds)");
        }
    }
}
