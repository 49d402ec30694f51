package io.exai.server.tool;

import io.exai.protocol.NearName;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.server.setting.DeadlineSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All tools, by name. */
public final class Toolbox {
    private static final String FOLDER = "/tool/";

    private final Map<String, Tool> tools;

    private Toolbox(Map<String, Tool> tools) {
        this.tools = tools;
    }

    /**
     * The tools that come with the daemon, and those of the user's folder, which may replace them.
     *
     * @param folder with pairs {@code NAME.json} and {@code NAME.md}; empty for none
     * @throws IllegalArgumentException when a file is missing or wrong, naming file and field
     */
    public static Toolbox load(String folder, DeadlineSettings deadlines) {
        Map<String, Tool> tools = new TreeMap<>();
        for (String name : resource("index.txt").lines().toList()) {
            add(tools, ToolFile.read(name + ".json", resource(name + ".json"), resource(name + ".md"), deadlines));
        }
        if (!folder.isBlank()) {
            for (Path file : definitions(Path.of(folder))) {
                Path text = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", ".md"));
                add(tools, ToolFile.read(file.toString(), read(file), read(text), deadlines));
            }
        }
        return new Toolbox(tools);
    }

    public Optional<Tool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /**
     * Makes sure that every report has its source.
     *
     * @throws IllegalArgumentException when one has not, naming tool and field
     */
    public void requireSources(Reports reports) {
        tools.values().forEach(tool -> {
            if (tool.run() instanceof Run.Report report && !reports.sources().containsKey(report.source())) {
                throw new IllegalArgumentException(
                        tool.name() + ".json: source: " + report.source() + " (expected: one of "
                                + new TreeSet<>(reports.sources().keySet()) + ")");
            }
        });
    }

    /** In order of their names. */
    public List<ToolDescription> descriptions() {
        return tools.values().stream().map(Tool::description).toList();
    }

    /** What to say to somebody who asked for a tool that is not there. */
    public String unknown(String name) {
        String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
        return "Unknown tool: " + shown + " (" + NearName.hint(name, tools.keySet()) + ")";
    }

    private static void add(Map<String, Tool> tools, Tool tool) {
        tools.put(tool.name(), tool);
    }

    private static List<Path> definitions(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(folder + ": cannot be read (expected: a folder of tools)", unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": cannot be read (expected: a UTF-8 file)", unreadable);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Toolbox.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException("tool/" + name + ": missing (expected: a resource of this jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
