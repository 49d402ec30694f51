package io.exai.server.cli;

import io.exai.provider.catalogue.Dialect;
import io.exai.provider.catalogue.Roster;
import io.exai.provider.file.DirectCalls;
import io.exai.provider.file.FileRules;
import io.exai.provider.file.HttpVendorFiles;
import io.exai.provider.file.Reply;
import io.exai.provider.file.StoredFile;
import io.exai.provider.file.VendorFiles;
import io.exai.server.report.Table;
import io.exai.server.setting.Settings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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
    private static final Duration PATIENCE = Duration.ofMinutes(5);

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
        Settings settings = config.load();
        Roster.Entry entry = entry(settings);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "files", settings.config());
        try {
            var limits =
                    new DirectCalls.Limits(settings.providers().connectTimeout(), PATIENCE, FileRules.KIMI.largest());
            DirectCalls calls = DirectCalls.create(entry.route(), limits, Clock.systemUTC(), system);
            FileRules rules = entry.vendor().dialect() == Dialect.GLM ? FileRules.GLM : FileRules.KIMI;
            return act(new HttpVendorFiles(calls, rules));
        } finally {
            system.terminate();
        }
    }

    private Roster.Entry entry(Settings settings) {
        return Roster.load(settings.providers()).on().stream()
                .filter(on -> on.vendor().name().equals(provider))
                .filter(on ->
                        on.vendor().dialect() == Dialect.KIMI || on.vendor().dialect() == Dialect.GLM)
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--provider: " + provider + " (expected: one that is on and speaks kimi or glm)"));
    }

    private int act(VendorFiles files) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        return switch (action) {
            case LIST -> report(files.list(), list -> table(list).lines().forEach(out::println));
            case UPLOAD -> {
                Path path = Path.of(needed("a path"));
                String name = String.valueOf(path.getFileName());
                ByteString content = ByteString.fromArray(Files.readAllBytes(path));
                String use = purpose == null ? files.rules().usualPurpose() : purpose;
                yield report(files.upload(name, content, use), stored -> out.println(stored.id()));
            }
            case CONTENT -> report(files.content(needed("an id")), content -> out.println(content.utf8String()));
            case DELETE -> report(files.delete(needed("an id")), out::println);
        };
    }

    private String needed(String what) {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "FILE: none (expected: " + what + ")");
        }
        return file;
    }

    private <T> int report(CompletionStage<Reply<T>> asked, Consumer<T> printer) throws Exception {
        Reply<T> reply = asked.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (reply instanceof Reply.Got<T> got) {
            printer.accept(got.value());
            return 0;
        }
        spec.commandLine()
                .getErr()
                .println("exai: " + ((Reply.Failed<T>) reply).why().message());
        return 1;
    }

    private static Table table(List<StoredFile> files) {
        Table table = new Table(3, "id", "name", "purpose", "bytes");
        files.forEach(
                stored -> table.row(stored.id(), stored.name(), stored.purpose(), String.valueOf(stored.bytes())));
        return table;
    }
}
