package io.exai.provider.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.http.BadAnswer;
import io.exai.provider.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/** Files in the dialect of OpenAI, which Kimi and GLM took over. */
public record HttpVendorFiles(DirectCalls calls, FileRules rules) implements VendorFiles {
    private static final String FILES = "/files";

    /** What can stand in a path as it is. */
    private static final String ID = "[\\w-][\\w.:-]{0,255}";

    @Override
    public CompletionStage<Reply<StoredFile>> upload(String name, ByteString content, String purpose) {
        return rules.problem(name, content.size(), purpose)
                .map(calls::<StoredFile>refuse)
                .orElseGet(() -> calls.send(
                        HttpRequest.POST(calls.path(FILES)).withEntity(FormData.of(name, content, purpose)),
                        "uploads",
                        body -> StoredFile.of(tree(body))));
    }

    /** A list by itself, or in an object. */
    @Override
    public CompletionStage<Reply<List<StoredFile>>> list() {
        return calls.send(HttpRequest.GET(calls.path(FILES)), "files", body -> {
            JsonNode answer = tree(body);
            JsonNode list = answer.isArray() ? answer : answer.path("data");
            if (!list.isArray()) {
                throw new BadAnswer("sent no list of files");
            }
            List<StoredFile> files = new ArrayList<>();
            list.forEach(file -> files.add(StoredFile.of(file)));
            return List.copyOf(files);
        });
    }

    @Override
    public CompletionStage<Reply<StoredFile>> find(String id) {
        return one(id, HttpRequest::GET, "", body -> StoredFile.of(tree(body)));
    }

    @Override
    public CompletionStage<Reply<String>> delete(String id) {
        return one(id, HttpRequest::DELETE, "", body -> {
            if (!tree(body).path("deleted").asBoolean()) {
                throw new BadAnswer("did not delete the file " + id);
            }
            return id;
        });
    }

    @Override
    public CompletionStage<Reply<ByteString>> content(String id) {
        return one(id, HttpRequest::GET, "/content", Function.identity());
    }

    private <T> CompletionStage<Reply<T>> one(
            String id, Function<String, HttpRequest> method, String below, Function<ByteString, T> reader) {
        if (!id.matches(ID)) {
            return calls.refuse("has no file with such an id: " + id);
        }
        return calls.send(method.apply(calls.path(FILES + '/' + id + below)), "the file " + id, reader);
    }

    private static JsonNode tree(ByteString body) {
        try {
            return Json.parse(body.toArray());
        } catch (JsonProcessingException malformed) {
            throw new BadAnswer("sent no JSON: " + malformed.getOriginalMessage());
        }
    }
}
