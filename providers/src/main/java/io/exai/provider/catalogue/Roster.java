package io.exai.provider.catalogue;

import io.exai.provider.setting.ProviderSettings;
import io.exai.provider.setting.Route;
import io.exai.provider.setting.VendorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which providers there are and which are on: data files and settings put together.
 *
 * @param known all of them, the preferred ones first
 * @param on those that can be asked, in the same order
 */
public record Roster(List<Vendor> known, List<Entry> on) {
    /** A provider that is on, and where it is called. */
    public record Entry(Vendor vendor, Route route) {}

    public Roster {
        known = List.copyOf(known);
        on = List.copyOf(on);
    }

    /**
     * Reads the data files.
     *
     * @throws IllegalArgumentException when a file is malformed
     */
    public static Roster load(ProviderSettings settings) {
        List<Vendor> known = VendorFiles.read(settings.folder());
        var on = new ArrayList<Entry>();
        Entry sandbox = null;
        for (Vendor vendor : known) {
            Entry entry = new Entry(vendor, route(vendor, settings.vendor(vendor.name())));
            if (vendor.name().equals(ProviderSettings.SANDBOX)) {
                sandbox = entry;
            } else if (isOn(vendor, settings)) {
                on.add(entry);
            }
        }
        if (sandbox != null && settings.sandbox().isOn(on.isEmpty())) {
            on.add(sandbox);
        }
        return new Roster(known, on);
    }

    /** What settings and data files say that does not go together, each {@code path.key: value (expected: what)}. */
    public List<String> problems(ProviderSettings settings) {
        List<String> problems = new ArrayList<>();
        List<String> names = known.stream().map(Vendor::name).toList();
        settings.names().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add("exai.providers." + name + " (expected: one of "
                        + String.join(", ", names) + ", or " + name + ".json in exai.providers.folder)"));
        on.stream()
                .filter(entry -> entry.route().baseUrl().isEmpty())
                .forEach(entry -> problems.add("exai.providers.vendors."
                        + entry.vendor().name() + ".base-url: none (expected: an http or https URL)"));
        if (on.isEmpty()) {
            problems.add("exai.providers: none is on (expected: a key, a base-url, or sandbox.enabled = on)");
        }
        return problems;
    }

    private static boolean isOn(Vendor vendor, ProviderSettings settings) {
        VendorSettings given = settings.vendor(vendor.name());
        boolean allowed =
                (settings.allowed().isEmpty() || lower(settings.allowed()).contains(vendor.name()))
                        && !lower(settings.disabled()).contains(vendor.name());
        return allowed
                && switch (given.enabled()) {
                    case "on" -> true;
                    case "off" -> false;
                    default -> callable(vendor, given);
                };
    }

    /** With a key, or when the user named an address other than the vendor's own, or a vendor of his own. */
    private static boolean callable(Vendor vendor, VendorSettings given) {
        boolean elsewhere =
                given.hasAddress() && !route(vendor, given).baseUrl().equals(vendor.home());
        return given.hasKey() || elsewhere || (vendor.own() && !vendor.keyNeeded());
    }

    private static Route route(Vendor vendor, VendorSettings given) {
        String address = given.baseUrl();
        return new Route(vendor.name(), address == null || address.isBlank() ? vendor.home() : address, given.apiKey());
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    }
}
