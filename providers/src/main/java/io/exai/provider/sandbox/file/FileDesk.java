package io.exai.provider.sandbox.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.InvalidQuestion.Problem;
import io.exai.provider.sandbox.wire.Pages;
import io.exai.provider.sandbox.wire.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** Takes, lists, gives out and deletes files as Moonshot and Z.ai do. */
final class FileDesk {
    private static final int MOST_FILES = 1_000;
    private static final int MOST_BYTES = 64 << 20;
    private static final String CONTENT = "/content";
    private static final List<String> KIMI_PURPOSES =
            List.of("file-extract", "image", "video", "batch", "batch_output", "lambda");

    private final FileStore store = new FileStore(MOST_FILES, MOST_BYTES);
    private final Clock clock;

    FileDesk(Clock clock) {
        this.clock = clock;
    }

    HttpResponse receive(HttpRequest request, Dialect dialect, String endpoint, ByteString body)
            throws InvalidQuestion {
        String method = request.method().value();
        if (endpoint.equals("/files")) {
            return switch (method) {
                case "POST" -> upload(request, dialect, body);
                case "GET" -> Pages.json(200, Json.object(json -> list(json, dialect)));
                default -> missing(dialect, method + ' ' + endpoint);
            };
        }
        boolean content = endpoint.endsWith(CONTENT);
        String id = endpoint.substring("/files/".length(), endpoint.length() - (content ? CONTENT.length() : 0));
        StoredFile file = store.find(dialect, id);
        if (file == null) {
            return missing(dialect, "file " + id);
        }
        return switch (method) {
            case "GET" -> content ? content(file) : Pages.json(200, Json.object(json -> write(json, file)));
            case "DELETE" -> content ? missing(dialect, method + ' ' + endpoint) : delete(file);
            default -> missing(dialect, method + ' ' + endpoint);
        };
    }

    private HttpResponse upload(HttpRequest request, Dialect dialect, ByteString body) throws InvalidQuestion {
        var form = Multipart.parse(request.entity().getContentType().toString(), body.toArrayUnsafe());
        String purpose = form.text("purpose");
        List<String> purposes = dialect == Dialect.KIMI ? KIMI_PURPOSES : List.of("agent");
        if (!purposes.contains(purpose)) {
            Problem problem = purpose.isEmpty() ? Problem.MISSING : Problem.WRONG;
            throw new InvalidQuestion("purpose", problem, "one of " + purposes);
        }
        Multipart.Part part = form.file("file");
        int cap = (dialect == Dialect.KIMI ? 100 : 20) << 20;
        if (part.content().length > cap) {
            throw InvalidQuestion.wrong("file", "at most " + (cap >> 20) + " MB");
        }
        StoredFile file = store.add(dialect, part.fileName(), purpose, part.content(), clock.instant());
        return file == null
                ? Pages.refusal(dialect, Refusal.of(507, "The sandbox holds files of 64 MB together"))
                : Pages.json(200, Json.object(json -> write(json, file)));
    }

    private HttpResponse delete(StoredFile file) {
        store.remove(file.id());
        return Pages.json(200, Json.object(json -> {
            json.writeStringField("id", file.id());
            json.writeStringField("object", "file");
            json.writeBooleanField("deleted", true);
        }));
    }

    private void list(JsonGenerator json, Dialect dialect) throws IOException {
        json.writeStringField("object", "list");
        Json.array(json, "data", data -> {
            for (StoredFile file : store.list(dialect)) {
                Json.member(data, one -> write(one, file));
            }
        });
        if (dialect == Dialect.GLM) {
            json.writeBooleanField("has_more", false);
        }
    }

    private static void write(JsonGenerator json, StoredFile file) throws IOException {
        json.writeStringField("id", file.id());
        json.writeStringField("object", "file");
        json.writeNumberField("bytes", file.content().length);
        json.writeNumberField("created_at", file.created().getEpochSecond());
        json.writeStringField("filename", file.name());
        json.writeStringField("purpose", file.purpose());
        if (file.dialect() == Dialect.KIMI) {
            json.writeStringField("status", "ok");
            json.writeStringField("status_details", "");
        }
    }

    private static HttpResponse content(StoredFile file) {
        String text = new String(file.content(), StandardCharsets.UTF_8);
        return Pages.ok(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, text));
    }

    private static HttpResponse missing(Dialect dialect, String what) {
        return Pages.refusal(dialect, Refusal.of(404, "not found: " + what));
    }
}
