package io.exai.persistence.h2;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.database.Database;
import io.exai.persistence.journal.Journals;
import io.exai.persistence.journal.Tally;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A process to be killed: it prints each acknowledged count and compacts all the time, or it compacts on a stop. */
final class AcknowledgingWriter {
    static final int ENTITIES = 16;
    static final int SNAPSHOT_EVERY = 100;
    private static final PrintStream OUT = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64), false, StandardCharsets.US_ASCII);

    private AcknowledgingWriter() {}

    public static void main(String[] arguments) throws Exception {
        var settings = Journals.h2(Path.of(arguments[0]));
        var locked = H2File.open(Path.of(arguments[0]), settings.h2());
        if (arguments[1].equals("stop")) {
            print("compacting");
            print("compacted " + locked.compactAndClose());
            return;
        }
        var system = Journals.start(settings, ConfigFactory.empty());
        var file =
                Database.of(system).run(RunningFile::of).toCompletableFuture().get(30, TimeUnit.SECONDS);
        for (int i = 0; i < ENTITIES; i++) {
            system.systemActorOf(driver("tally-" + i), "driver-" + i, Props.empty());
        }
        while (!file.isClosed()) {
            print("compacting");
            var copied = file.compact(95, 4 << 20);
            print("compacted " + copied);
            Thread.sleep(2);
        }
    }

    static String event(String id) {
        return id + "-" + "x".repeat(300);
    }

    private static Behavior<Tally.Count> driver(String id) {
        return Behaviors.setup(context -> {
            var tally = context.spawn(Tally.create(id, SNAPSHOT_EVERY), "tally");
            tally.tell(new Tally.Add(event(id), context.getSelf()));
            return Behaviors.receiveMessage(count -> {
                print(id + " " + count.total());
                tally.tell(new Tally.Add(event(id), context.getSelf()));
                return Behaviors.same();
            });
        });
    }

    private static synchronized void print(String line) {
        OUT.print(line + "\n");
        OUT.flush();
    }
}
