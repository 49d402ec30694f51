package io.exai.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How {@link io.exai.persistence.Durable} types look on disk. */
final class DurableSerializationTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Tally.Counted EVENT =
            new Tally.Counted("text", Instant.parse("2026-03-04T05:06:07.123456789Z"));

    private final SerializerWithStringManifest serializer = (SerializerWithStringManifest)
            SerializationExtension.get(Adapter.toClassic(KIT.system())).findSerializerFor(EVENT);
    private final ObjectMapper mapper = JacksonObjectMapperProvider.get(Adapter.toClassic(KIT.system()))
            .getOrCreate("jackson-cbor", scala.Option.empty());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void isCborNamedByItsClass() {
        assertThat(serializer.identifier()).isEqualTo(33);
        assertThat(serializer.manifest(EVENT)).isEqualTo(Tally.Counted.class.getName());
    }

    @Test
    void keepsTimesToTheNanosecondAsNumbers() throws Exception {
        var bytes = serializer.toBinary(EVENT);
        assertThat(serializer.fromBinary(bytes, serializer.manifest(EVENT))).isEqualTo(EVENT);
        assertThat(mapper.readTree(bytes).get("at").isNumber()).isTrue();
    }

    @Test
    void readsWhatANewerNodeWrote() throws Exception {
        var tree = (ObjectNode) mapper.readTree(serializer.toBinary(EVENT));
        tree.put("added", "later");
        assertThat(read(tree)).isEqualTo(EVENT);
    }

    @Test
    void readsWhatAnOlderNodeWrote() throws Exception {
        var tree = (ObjectNode) mapper.readTree(serializer.toBinary(EVENT));
        tree.remove("text");
        assertThat(read(tree)).hasFieldOrPropertyWithValue("text", null);
    }

    private Object read(JsonNode tree) throws Exception {
        return serializer.fromBinary(mapper.writeValueAsBytes(tree), Tally.Counted.class.getName());
    }
}
