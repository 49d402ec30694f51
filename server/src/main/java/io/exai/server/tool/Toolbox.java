package io.exai.server.tool;

import io.exai.protocol.NearName;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.server.definition.DefinitionFiles;
import io.exai.server.setting.DeadlineSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/** All tools, by name; the list may change while it is read. */
public final class Toolbox {
    private final ConcurrentSkipListMap<String, Tool> tools;

    private Toolbox(Map<String, Tool> tools) {
        this.tools = new ConcurrentSkipListMap<>(tools);
    }

    /** Of tools that no file defines; a later one replaces an earlier one of its name. */
    public static Toolbox of(List<Tool> tools) {
        Map<String, Tool> byName = new TreeMap<>();
        tools.forEach(tool -> add(byName, tool));
        return new Toolbox(byName);
    }

    /**
     * The tools that come with the daemon, and those of the user's folder, which may replace them.
     *
     * @param folder with pairs {@code NAME.json} and {@code NAME.md}; empty for none
     * @throws IllegalArgumentException when a file is missing or wrong, naming file and field
     */
    public static Toolbox load(String folder, DeadlineSettings deadlines) {
        return of(DefinitionFiles.find("tool", folder).stream()
                .map(pair -> ToolFile.read(pair.file(), pair.json(), pair.text(), deadlines))
                .toList());
    }

    public Optional<Tool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** Adds a tool, or takes it out when one of its name is there; for who changes the list on purpose. */
    public void toggle(Tool tool) {
        tools.compute(tool.name(), (name, there) -> there == null ? tool : null);
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
    public List<Tool> all() {
        return List.copyOf(tools.values());
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
}
