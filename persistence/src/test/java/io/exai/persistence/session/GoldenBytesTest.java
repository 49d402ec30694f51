package io.exai.persistence.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.Durable;
import io.exai.persistence.conversation.ConversationEvent;
import io.exai.persistence.conversation.ConversationState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Holds what we write against bytes that were written before. When one differs, old journals may be unreadable: do not
 * change the file, append a component instead, and add a new line for the new form.
 */
class GoldenBytesTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.load());
    private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void writesEveryEventAndStateAsBefore() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        samples().forEach(sample -> written.put(sample.getClass().getName(), hex(sample)));

        assertThat(written).isEqualTo(golden());
    }

    @Test
    void readsWhatWasWrittenBefore() throws IOException {
        Map<String, String> golden = golden();
        for (Durable sample : samples()) {
            String hex = Objects.requireNonNull(golden.get(sample.getClass().getName()));
            assertThat(read(sample, HexFormat.of().parseHex(hex))).isEqualTo(sample);
        }
    }

    @Test
    void hasASampleOfEveryEvent() {
        assertThat(Samples.events()).map(event -> (Object) event.getClass()).containsExactlyInAnyOrder((Object[])
                SessionEvent.class.getPermittedSubclasses());
        assertThat(Samples.states()).map(state -> (Object) state.getClass()).containsExactlyInAnyOrder((Object[])
                SessionState.class.getPermittedSubclasses());
        assertThat(Samples.conversations())
                .map(event -> (Object) event.getClass())
                .contains((Object[]) ConversationEvent.class.getPermittedSubclasses())
                .contains((Object[]) ConversationState.class.getPermittedSubclasses());
    }

    private static List<Durable> samples() {
        List<Durable> samples = new ArrayList<>(Samples.events());
        samples.addAll(Samples.states());
        samples.addAll(Samples.conversations());
        return samples;
    }

    private static String hex(Durable sample) {
        return HexFormat.of().formatHex(SERIALIZATION.serialize(sample).get());
    }

    private static Object read(Durable sample, byte[] bytes) {
        var serializer = (SerializerWithStringManifest) SERIALIZATION.findSerializerFor(sample);
        return SERIALIZATION
                .deserialize(bytes, serializer.identifier(), serializer.manifest(sample))
                .get();
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> golden = new LinkedHashMap<>();
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream("/golden/session.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line ->
                            golden.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        }
        return golden;
    }
}
