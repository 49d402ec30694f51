package io.exai.server.setting;

import java.util.ArrayList;
import java.util.List;

/**
 * What lists show.
 *
 * @param pageSize items on one page of a list
 * @param promptFolder where more prompts are found; empty for none but our own
 */
public record FeatureSettings(int pageSize, String promptFolder) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".page-size", pageSize, 1, 10_000);
        return problems;
    }
}
