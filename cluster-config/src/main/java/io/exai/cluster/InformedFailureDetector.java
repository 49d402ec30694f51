package io.exai.cluster;

import com.typesafe.config.Config;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.pekko.actor.Address;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.FailureDetectorWithAddress;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/**
 * Concludes from silence that a node is dead, as Pekko's own detector does, or is told so by somebody who knows. A node
 * that was declared dead stays so: another one at the same address gets another detector.
 */
public final class InformedFailureDetector implements FailureDetector, FailureDetectorWithAddress {
    /** Pekko makes detectors by name and shows them to nobody, so they have to be found here. */
    private static final Set<InformedFailureDetector> ALL =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final PhiAccrualFailureDetector silence;
    private volatile String node = "";
    private volatile boolean dead;

    /** Called by Pekko, by the name of this class in the settings. */
    public InformedFailureDetector(Config config, EventStream events) {
        silence = new PhiAccrualFailureDetector(config, events);
        ALL.add(this);
    }

    /** Whoever watches the node at that address need not wait for its silence. */
    public static void declareDead(Address node) {
        String name = node.toString();
        synchronized (ALL) {
            ALL.forEach(detector -> detector.dead |= detector.node.equals(name));
        }
    }

    @Override
    public void setAddress(String address) {
        node = address;
        silence.setAddress(address);
    }

    @Override
    public boolean isAvailable() {
        return !dead && silence.isAvailable();
    }

    @Override
    public boolean isMonitoring() {
        return silence.isMonitoring();
    }

    @Override
    public void heartbeat() {
        silence.heartbeat();
    }
}
