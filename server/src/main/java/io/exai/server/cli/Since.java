package io.exai.server.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment in the past, told by a date or by how long ago it was; days are whole ones, in UTC. */
@FunctionalInterface
interface Since {
    /** What an option of this kind takes. */
    String DESCRIPTION =
            "So many days or hours ago, such as 7d or 12h, or a date such as 2026-01-31; days are those of UTC"
                    + " (default: ${DEFAULT-VALUE}).";

    Instant before(Instant now);

    /** Reads {@code 2026-01-31}, {@code 7d} or {@code 12h}. */
    final class Reader implements ITypeConverter<Since> {
        private static final Pattern AGO = Pattern.compile("([0-9]{1,5})([dh])");

        @Override
        public Since convert(String text) {
            Matcher ago = AGO.matcher(text.strip());
            if (ago.matches()) {
                long count = Long.parseLong(ago.group(1));
                return ago.group(2).equals("d")
                        ? now -> now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(count))
                        : now -> now.minus(Duration.ofHours(count));
            }
            try {
                Instant begin = LocalDate.parse(text.strip())
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
                return now -> begin;
            } catch (DateTimeException wrong) {
                throw new TypeConversionException("'" + text + "' (expected: 7d, 12h or a date such as 2026-01-31)");
            }
        }
    }
}
