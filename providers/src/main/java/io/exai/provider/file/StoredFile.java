package io.exai.provider.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.http.BadAnswer;
import io.exai.provider.json.Json;
import java.time.Instant;

/**
 * A file that a vendor keeps.
 *
 * @param status in the vendor's own word; empty when it gives none
 */
public record StoredFile(String id, String name, long bytes, String purpose, Instant createdAt, String status) {
    static StoredFile of(JsonNode file) {
        String id = file.path("id").asText();
        if (id.isBlank()) {
            throw new BadAnswer("sent a file without an id");
        }
        return new StoredFile(
                id,
                file.path("filename").asText(),
                Json.count(file.path("bytes")),
                file.path("purpose").asText(),
                Instant.ofEpochSecond(Json.count(file.path("created_at"))),
                file.path("status").asText());
    }
}
