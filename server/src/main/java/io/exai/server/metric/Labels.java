package io.exai.server.metric;

/** What may stand between the quotes of a label; Kamon writes it as it is. */
final class Labels {
    private Labels() {}

    static String value(String name) {
        return name.replace('"', '\'').replace('\n', ' ').replace('\r', ' ');
    }
}
