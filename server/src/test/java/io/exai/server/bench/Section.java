package io.exai.server.bench;

import java.util.List;

/** A part of the benchmark that starts what it needs and stops it again. */
interface Section {
    /** Fails when a process does not do what it should; a bad figure is a row, not a failure. */
    List<Row> measure(Plan plan) throws Exception;
}
