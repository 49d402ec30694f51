package io.exai.server.metric;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page as Prometheus reads it. */
public final class PrometheusPage {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (exai_\\w+) (\\w+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(exai_\\w+)` \\| (\\w+) \\|");

    private final String text;

    public PrometheusPage(String text) {
        this.text = text;
    }

    /** The kind of each metric of ours. */
    public Map<String, String> kinds() {
        return found(TYPE, text);
    }

    /** The value of one series, with its labels in any order. */
    public double value(String series) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && line.contains(" "))
                .filter(line -> sorted(line.substring(0, line.lastIndexOf(' '))).equals(sorted(series)))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + " is not in\n" + text));
    }

    private static List<String> sorted(String series) {
        return Pattern.compile("[{}]|(?<=\"),").splitAsStream(series).sorted().toList();
    }

    /** Of all series of one metric. */
    public double sum(String metric) {
        return text.lines()
                .filter(line -> line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public boolean mentions(String words) {
        return text.contains(words);
    }

    /** The kind of each metric in the table of our documentation. */
    public static Map<String, String> documented(String document) {
        return found(ROW, document);
    }

    private static Map<String, String> found(Pattern pattern, String text) {
        Map<String, String> kinds = new TreeMap<>();
        for (MatchResult match : pattern.matcher(text).results().toList()) {
            if (kinds.put(match.group(1), match.group(2)) != null) {
                throw new AssertionError(match.group(1) + " is there twice");
            }
        }
        return kinds;
    }

    @Override
    public String toString() {
        return text;
    }
}
