package io.exai.server.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.TestReporter;

/** Many clients of one daemon, each with a session of its own. */
record Fleet(List<Caller> callers) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a cluster is to survive. */
    @FunctionalInterface
    interface Accident {
        void happen() throws Exception;
    }

    static Fleet connect(String name, int size, int port) throws Exception {
        List<Caller> callers = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            callers.add(Caller.connect(name + "-" + number, port));
        }
        return new Fleet(callers);
    }

    /** Sessions live on the node where they begin, whichever they are used through. */
    static Fleet connect(String name, int size, DaemonProcess owner, DaemonProcess edge) throws Exception {
        Fleet fleet = connect(name, size, owner.port());
        for (Caller caller : fleet.callers()) {
            caller.leave();
            caller.resume(edge.port());
        }
        return fleet;
    }

    void ask(int callsEach) throws IOException {
        for (Caller caller : callers) {
            caller.ask(callsEach);
        }
    }

    /** All come back; every other one repeats what it has no answer to, the rest just wait. */
    void resume(int port) throws Exception {
        for (int number = 0; number < callers.size(); number++) {
            callers.get(number).resume(port);
            if (number % 2 == 0) {
                callers.get(number).repeatUnanswered();
            }
        }
    }

    int answered() throws Exception {
        int answered = 0;
        for (Caller caller : callers) {
            caller.collect();
            answered += caller.ids().size() - caller.unanswered().size();
        }
        return answered;
    }

    /** Has that happen while calls are under way; returns, when all are answered, a watch that began with the accident. */
    Stopwatch survive(Accident accident, int callsEach, TestReporter reporter) throws Exception {
        ask(callsEach);
        awaitAnswers(callsEach * callers.size(), PATIENCE);
        ask(callsEach);
        accident.happen();
        Stopwatch watch = Stopwatch.start(reporter);
        awaitAnswers(2 * callsEach * callers.size(), PATIENCE);
        return watch;
    }

    /** Waits until all calls are answered, and for what may come after that and should not. */
    void awaitAnswers(int calls, Duration patience) throws Exception {
        Await.until(calls + " calls are answered", patience, this::answered, answered -> answered == calls);
        for (Caller caller : callers) {
            caller.settle();
        }
    }

    @Override
    public void close() throws IOException {
        for (Caller caller : callers) {
            caller.close();
        }
    }
}
