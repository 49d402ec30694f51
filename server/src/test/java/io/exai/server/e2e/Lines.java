package io.exai.server.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines a process has written so far, read as they come so that it never blocks on a full pipe. */
final class Lines {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private Lines(InputStream from) {
        reader = new Thread(() -> read(from), "lines");
        reader.setDaemon(true);
    }

    static Lines of(InputStream from) {
        Lines lines = new Lines(from);
        lines.reader.start();
        return lines;
    }

    synchronized List<String> all() {
        return List.copyOf(lines);
    }

    /** All lines, when the writer has closed its end. */
    List<String> complete(Duration patience) throws InterruptedException {
        reader.join(patience.toMillis());
        return all();
    }

    Optional<MatchResult> find(Pattern pattern) {
        return all().stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(Matcher::toMatchResult)
                .findFirst();
    }

    private void read(InputStream from) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("(the stream broke: " + closed.getMessage() + ")");
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
    }
}
