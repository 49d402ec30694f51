package io.exai.provider.file;

import java.util.List;
import java.util.Optional;

/**
 * What files a vendor takes.
 *
 * @param largest in bytes
 * @param purposes the first is the usual one
 * @see <a href="https://platform.moonshot.ai/docs/api/files">files of Kimi</a>
 * @see <a href="https://docs.z.ai/api-reference/agents/file-upload">files of Z.ai</a>
 */
public record FileRules(long largest, List<String> purposes) {
    private static final long MEGABYTE = 1 << 20;

    public static final FileRules KIMI =
            new FileRules(100 * MEGABYTE, List.of("file-extract", "batch", "batch_output", "lambda"));
    public static final FileRules GLM = new FileRules(20 * MEGABYTE, List.of("agent"));

    public FileRules {
        purposes = List.copyOf(purposes);
    }

    /** The purpose of a file that is to be read. */
    public String usualPurpose() {
        return purposes.get(0);
    }

    /** Why a file would be refused; continues a sentence that begins with the vendor's name. */
    public Optional<String> problem(String name, long size, String purpose) {
        if (name.isBlank()) {
            return Optional.of("takes no file without a name");
        }
        if (size == 0) {
            return Optional.of("takes no empty file: " + name);
        }
        if (size > largest) {
            return Optional.of("takes no file larger than " + largest + " bytes: " + name + " has " + size);
        }
        return purposes.contains(purpose)
                ? Optional.empty()
                : Optional.of("takes no file for the purpose " + purpose + " (expected: one of " + purposes + ")");
    }
}
