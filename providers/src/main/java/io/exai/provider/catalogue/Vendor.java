package io.exai.provider.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the data file of one provider says.
 *
 * @param title for people
 * @param home where it is called unless the user says otherwise; empty when only the user knows
 * @param keyNeeded whether it can be called without a key at its home
 * @param preference lower comes first
 * @param own whether the user brought the file
 * @param unlisted what is assumed of models that the user lists and the file does not know; null when there are none
 */
public record Vendor(
        String name,
        String title,
        Dialect dialect,
        String home,
        boolean keyNeeded,
        int preference,
        boolean own,
        List<Model> models,
        @Nullable Model unlisted) {
    public Vendor {
        models = List.copyOf(models);
    }
}
