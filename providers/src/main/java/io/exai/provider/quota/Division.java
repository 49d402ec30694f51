package io.exai.provider.quota;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Divides permits by demand: nobody gets more than another who wants more; what nobody wants is spread evenly. */
final class Division {
    private Division() {}

    /**
     * @param wanted by node
     * @param staying the nodes that also get a part of what is left over
     */
    static Map<String, Integer> of(int permits, Map<String, Integer> wanted, Set<String> staying) {
        var parts = new TreeMap<String, Integer>();
        List<String> modestFirst = new ArrayList<>(wanted.keySet());
        modestFirst.sort(Comparator.<String>comparingInt(node -> wanted.getOrDefault(node, 0))
                .thenComparing(Comparator.naturalOrder()));
        int left = permits;
        for (int i = 0; i < modestFirst.size(); i++) {
            String node = modestFirst.get(i);
            int part = Math.min(wanted.getOrDefault(node, 0), left / (modestFirst.size() - i));
            parts.put(node, part);
            left -= part;
        }
        spread(left, parts, staying);
        return parts;
    }

    private static void spread(int left, Map<String, Integer> parts, Set<String> staying) {
        List<String> nodes = parts.keySet().stream().filter(staying::contains).toList();
        for (int i = 0; i < nodes.size(); i++) {
            parts.merge(nodes.get(i), left / nodes.size() + (i < left % nodes.size() ? 1 : 0), Integer::sum);
        }
    }
}
