package io.exai.server.cli;

import io.exai.provider.catalogue.Dialect;
import io.exai.provider.catalogue.Roster;
import io.exai.provider.file.DirectCalls;
import io.exai.provider.file.FileRules;
import io.exai.provider.file.Reply;
import io.exai.server.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A line to one vendor, for what needs no model. */
final class VendorLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final CommandSpec spec;
    private final Roster.Entry entry;
    private final ActorSystem<Void> system;
    private final DirectCalls calls;

    private VendorLine(CommandSpec spec, Roster.Entry entry, Settings settings) {
        this.spec = spec;
        this.entry = entry;
        this.system = ActorSystem.create(Behaviors.empty(), "vendor", settings.config());
        var limits = new DirectCalls.Limits(settings.providers().connectTimeout(), PATIENCE, FileRules.KIMI.largest());
        this.calls = DirectCalls.create(entry.route(), limits, Clock.systemUTC(), system);
    }

    /**
     * @param dialects those that have what is wanted
     * @throws ParameterException if no such provider is on
     */
    static VendorLine open(CommandSpec spec, Settings settings, String provider, List<Dialect> dialects) {
        Roster.Entry entry = Roster.load(settings.providers()).on().stream()
                .filter(on -> on.vendor().name().equals(provider))
                .filter(on -> dialects.contains(on.vendor().dialect()))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--provider: " + provider + " (expected: one that is on and speaks " + names(dialects) + ")"));
        return new VendorLine(spec, entry, settings);
    }

    Dialect dialect() {
        return entry.vendor().dialect();
    }

    DirectCalls calls() {
        return calls;
    }

    /** Prints what came, or why nothing came. Returns the exit status. */
    <T> int report(CompletionStage<Reply<T>> asked, Consumer<T> printer) throws Exception {
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

    @Override
    public void close() {
        system.terminate();
    }

    private static String names(List<Dialect> dialects) {
        return dialects.stream()
                .map(dialect -> dialect.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
    }
}
