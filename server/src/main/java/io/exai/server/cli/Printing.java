package io.exai.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a command has found, for people or for programs. */
final class Printing {
    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    void print(Supplier<List<String>> lines, Supplier<? extends JsonNode> document) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(document.get().toPrettyString());
        } else {
            lines.get().forEach(out::println);
        }
    }
}
