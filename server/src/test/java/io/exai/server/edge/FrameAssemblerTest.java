package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.edge.ClientFrames.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 6455 for a server, sections 5 to 8. */
class FrameAssemblerTest {
    private static final int LIMIT = 100;

    private final ClientFrames client = new ClientFrames(LIMIT);

    @Test
    void passesWholeMessagesOn() {
        client.send(Frame.text("one"), Frame.text(""), Frame.text("größe"));
        assertThat(client.events()).containsExactly("text one", "text ", "text größe");
    }

    @Test
    void putsFragmentsTogether() {
        client.send(Frame.text("one ").unfinished(), Frame.more("two ").unfinished(), Frame.more(""), Frame.text("x"));
        assertThat(client.events()).containsExactly("text one two ", "text x");
    }

    @Test
    void acceptsEmptyFragments() {
        client.send(Frame.text("").unfinished(), Frame.more("").unfinished(), Frame.more("a"));
        assertThat(client.events()).containsExactly("text a");
    }

    @Test
    void acceptsACharacterThatIsSplitBetweenFragments() {
        byte[] euro = "€".getBytes(UTF_8);
        client.send(
                new Frame(1, new byte[] {euro[0]}).unfinished(),
                new Frame(0, new byte[] {euro[1]}).unfinished(),
                new Frame(0, new byte[] {euro[2]}));
        assertThat(client.events()).containsExactly("text €");
    }

    @Test
    void passesControlFramesOnBetweenFragments() {
        client.send(
                Frame.text("a").unfinished(),
                new Frame(9, "p".getBytes(UTF_8)),
                Frame.more("b").unfinished(),
                new Frame(10, new byte[0]),
                Frame.more("c"));
        assertThat(client.events()).containsExactly("ping p", "pong ", "text abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125})
    void acceptsControlPayloadsOfUpTo125Bytes(int length) {
        client.send(new Frame(9, new byte[length]), new Frame(10, new byte[length]));
        assertThat(client.events()).hasSize(2).noneMatch(event -> event.startsWith("violation"));
    }

    @ParameterizedTest
    @CsvSource({
        "9,  true,  126, bad control frame",
        "10, true,  126, bad control frame",
        "8,  true,  126, bad control frame",
        "9,  false, 1,   bad control frame",
        "8,  false, 2,   bad control frame",
        "11, true,  1,   bad control frame",
        "15, true,  1,   bad control frame",
        "3,  true,  1,   unknown opcode 3",
        "7,  true,  1,   unknown opcode 7",
        "0,  true,  1,   continuation out of place",
        "0,  false, 1,   continuation out of place",
    })
    void refusesFramesThatBreakTheRules(int opcode, boolean fin, int length, String why) {
        Frame frame = new Frame(opcode, new byte[length]);
        client.send(fin ? frame : frame.unfinished(), Frame.text("ignored"));
        assertThat(client.events()).containsExactly("violation 1002 " + why);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesANewMessageInsideAnother(boolean fin) {
        Frame second = Frame.text("b");
        client.send(Frame.text("a").unfinished(), fin ? second : second.unfinished());
        assertThat(client.events()).containsExactly("violation 1002 continuation out of place");
    }

    @Test
    void refusesBinaryMessages() {
        client.send(new Frame(2, new byte[] {1}));
        assertThat(client.events()).containsExactly("violation 1003 binary frame (expected: text)");
    }

    @Test
    void refusesReservedBits() {
        client.send(Frame.text("a").reserved());
        assertThat(client.events()).containsExactly("violation 1002 reserved bits are set");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9})
    void refusesFramesWithoutAMask(int opcode) {
        client.send(new Frame(opcode, new byte[0]).unmasked());
        assertThat(client.events())
                .singleElement()
                .asString()
                .endsWith("frame of a client is not masked")
                .startsWith("violation");
    }

    @Test
    void unmasksWithEveryByteOfTheMask() {
        client.send(new Frame(1, "abcdefgh".getBytes(UTF_8)).masked(0x01_80_ff_7f));
        client.send(new Frame(1, "abcdefgh".getBytes(UTF_8)).masked(0));
        assertThat(client.events()).containsExactly("text abcdefgh", "text abcdefgh");
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT - 1, LIMIT})
    void acceptsMessagesUpToTheLimit(int length) {
        client.send(Frame.text("x".repeat(length)));
        client.send(fragments(length));
        assertThat(client.events()).containsOnly("text " + "x".repeat(length)).hasSize(2);
    }

    @Test
    void refusesALongerMessageInOneFragmentBeforeItsDataCome() {
        client.announce(1, true, LIMIT + 1);
        assertThat(client.events()).containsExactly("violation 1009 message over 100 bytes");
    }

    @Test
    void refusesALongerMessageInManyFragments() {
        client.send(fragments(LIMIT + 1));
        assertThat(client.events()).containsExactly("violation 1009 message over 100 bytes");
    }

    @Test
    void countsTheBytesOfEachMessageAnew() {
        client.send(fragments(LIMIT));
        client.send(fragments(LIMIT));
        client.send(Frame.text("y".repeat(LIMIT)));
        assertThat(client.events()).hasSize(3).noneMatch(event -> event.startsWith("violation"));
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void refusesALengthThatWouldOverflowTheSum(long length) {
        client.send(Frame.text("x").unfinished());
        client.announce(0, true, length);
        assertThat(client.events()).containsExactly("violation 1009 message over 100 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0 80", "ed a0 80", "ff", "e2 82", "f4 90 80 80"})
    void refusesTextThatIsNotUtf8(String hex) {
        byte[] bytes = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
        client.send(new Frame(1, bytes));
        assertThat(client.events()).containsExactly("violation 1007 text is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void acceptsTheCloseCodesThatAPeerMaySend(int code) {
        client.send(Frame.close(code, "bye"));
        assertThat(client.events()).containsExactly("closed " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void refusesTheCloseCodesThatAPeerMayNotSend(int code) {
        client.send(Frame.close(code, ""));
        assertThat(client.events()).containsExactly("violation 1002 bad close code " + code);
    }

    @Test
    void readsACloseWithoutACode() {
        client.send(new Frame(8, new byte[0]));
        assertThat(client.events()).containsExactly("closed 1005");
    }

    @Test
    void refusesACloseOfOneByteOrWithABrokenReason() {
        client.send(new Frame(8, new byte[1]));
        assertThat(client.events()).containsExactly("violation 1002 bad close code 0");
        ClientFrames other = new ClientFrames(LIMIT);
        other.send(new Frame(8, new byte[] {3, (byte) 0xe8, (byte) 0xff}));
        assertThat(other.events()).containsExactly("violation 1007 close reason is not UTF-8");
    }

    private static Frame[] fragments(int length) {
        Frame[] frames = new Frame[4];
        List<Integer> sizes = List.of(1, length / 2, 0, length - 1 - length / 2);
        for (int i = 0; i < frames.length; i++) {
            Frame frame = new Frame(i == 0 ? 1 : 0, "x".repeat(sizes.get(i)).getBytes(UTF_8));
            frames[i] = i == frames.length - 1 ? frame : frame.unfinished();
        }
        return frames;
    }
}
