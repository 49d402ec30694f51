package io.exai.server.cli;

import io.exai.provider.catalogue.Dialect;
import io.exai.provider.file.FileRules;
import io.exai.provider.file.HttpVendorFiles;
import io.exai.provider.file.Reply;
import io.exai.provider.file.StoredFile;
import io.exai.provider.file.VendorFiles;
import io.exai.server.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the files that a vendor keeps. */
@Command(
        name = "files",
        description = "List, upload, print or delete the files that a vendor keeps for your key (Kimi, GLM).")
final class FilesCommand implements Callable<Integer> {
    /** What can be done. */
    enum Action {
        LIST,
        UPLOAD,
        CONTENT,
        DELETE
    }

    @Mixin
    private ConfigOptions config;

    @Parameters(index = "0", paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}.")
    private Action action = Action.LIST;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "Path of the file to upload, or id of the file to print or delete.")
    private @Nullable String file;

    @Option(
            names = "--provider",
            description = "Provider whose files are meant (default: ${DEFAULT-VALUE}).",
            defaultValue = "kimi")
    private String provider = "kimi";

    @Option(names = "--purpose", description = "What the file is for, in the vendor's words (default: its usual one).")
    private @Nullable String purpose;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        try (VendorLine line = VendorLine.open(spec, config.load(), provider, List.of(Dialect.KIMI, Dialect.GLM))) {
            FileRules rules = line.dialect() == Dialect.GLM ? FileRules.GLM : FileRules.KIMI;
            return act(line, new HttpVendorFiles(line.calls(), rules));
        }
    }

    private int act(VendorLine line, VendorFiles files) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        return switch (action) {
            case LIST -> line.report(files.list(), list -> table(list).lines().forEach(out::println));
            case UPLOAD -> line.report(upload(files, Path.of(needed("a path"))), stored -> out.println(stored.id()));
            case CONTENT -> line.report(files.content(needed("an id")), content -> out.println(content.utf8String()));
            case DELETE -> line.report(files.delete(needed("an id")), out::println);
        };
    }

    /** A file that the vendor would not take is not read. */
    private CompletionStage<Reply<StoredFile>> upload(VendorFiles files, Path path) throws IOException {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw wrong("FILE: " + path + " (expected: a file that can be read)");
        }
        String name = String.valueOf(path.getFileName());
        String use = purpose == null ? files.rules().usualPurpose() : purpose;
        files.rules().problem(name, Files.size(path), use).ifPresent(problem -> {
            throw wrong("FILE: " + provider + " " + problem);
        });
        return files.upload(name, ByteString.fromArrayUnsafe(Files.readAllBytes(path)), use);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private String needed(String what) {
        if (file == null) {
            throw wrong("FILE: none (expected: " + what + ")");
        }
        return file;
    }

    private static Table table(List<StoredFile> files) {
        Table table = new Table(3, "id", "name", "purpose", "bytes");
        files.forEach(
                stored -> table.row(stored.id(), stored.name(), stored.purpose(), String.valueOf(stored.bytes())));
        return table;
    }
}
