package io.exai.server.cli;

import io.exai.provider.breaker.Health;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.provider.router.Need;
import io.exai.provider.router.Plan;
import io.exai.provider.router.Preference;
import io.exai.provider.router.Router;
import io.exai.server.report.Table;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Run;
import io.exai.server.tool.Tool;
import io.exai.server.tool.Toolbox;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Explains which model a call would be answered by. */
@Command(
        name = "route",
        description = "Explain which model would answer a call, and why, without asking any.",
        footer = {
            "",
            "All providers are taken to be well: a running daemon passes over one whose breaker is open.",
            "The first line is asked first, the others stand in for it."
        })
final class RouteCommand implements Callable<Integer> {
    private static final int ORDINARY_ANSWER = 1_000;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--tool", description = "Tool that is called (default: ${DEFAULT-VALUE}).", defaultValue = "chat")
    private String tool = "chat";

    @Option(
            names = "--tokens",
            description = "Tokens of the question (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private long tokens;

    @Option(
            names = "--model",
            description = "Model that the call names (default: ${DEFAULT-VALUE}).",
            defaultValue = "auto")
    private String model = Router.AUTO;

    @Option(names = "--images", description = "Pictures that the call shows.", defaultValue = "0")
    private int images;

    @Option(names = "--thinking", description = "The call wants a model that thinks.")
    private boolean thinking;

    @Option(names = "--search", description = "The call wants the web searched.")
    private boolean search;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = config.load();
        Catalogue catalogue = Catalogue.load(settings.providers());
        if (tokens < 0 || images < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--tokens: " + tokens + ", --images: " + images + " (expected: 0 or more)");
        }
        if (!model.equals(Router.AUTO) && catalogue.find(model).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--model: " + model + " (expected: auto, or one that exai models prints)");
        }
        Need need = new Need(preference(settings), tokens, images, 0, thinking, search, false);
        Router router = new Router(catalogue, settings.providers(), new Health(System::nanoTime), System::nanoTime);
        print(router.plan(model, need, 0));
        return 0;
    }

    private Preference preference(Settings settings) {
        Toolbox toolbox = Toolbox.load(settings.tools().folder(), settings.deadline());
        Tool called = toolbox.find(tool)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--tool: " + tool + " (expected: one that exai tools prints)"));
        if (called.run() instanceof Run.AskModel ask) {
            return ask.preference();
        }
        throw new ParameterException(spec.commandLine(), "--tool: " + tool + " (expected: one that asks a model)");
    }

    private void print(Plan plan) {
        PrintWriter out = spec.commandLine().getOut();
        if (plan.choices().isEmpty()) {
            out.println("no model can answer this");
        } else {
            Table table = new Table(3, "model", "provider", "why", "about $");
            plan.choices()
                    .forEach(choice -> table.row(
                            choice.model().name(), choice.model().provider(), choice.why(), cost(choice.model())));
            table.lines().forEach(out::println);
        }
        if (!plan.excluded().isEmpty()) {
            out.println();
            out.println("not asked:");
            plan.excluded()
                    .forEach(excluded -> out.println("  " + excluded.model().name() + " " + excluded.why()));
        }
    }

    private String cost(Model asked) {
        return asked.price().known()
                ? String.format(Locale.ROOT, "%.4f", asked.price().nanos(tokens, ORDINARY_ANSWER) / 1e9)
                : "?";
    }
}
