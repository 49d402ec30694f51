package io.exai.provider.sandbox.file;

import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.InvalidQuestion.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form with files, as in https://www.rfc-editor.org/rfc/rfc7578. */
final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data;.*boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70})).*");
    private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)[; ]filename=\"([^\"]*)\"");
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Part> parts = new HashMap<>();

    /**
     * One field of the form.
     *
     * @param fileName empty when it is no file
     */
    record Part(String fileName, byte[] content) {}

    private Multipart() {}

    static Multipart parse(String contentType, byte[] body) throws InvalidQuestion {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.matches()) {
            throw InvalidQuestion.wrong("Content-Type", "multipart/form-data with a boundary");
        }
        String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        var form = new Multipart();
        byte[] first = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        byte[] mark = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
        int start = find(body, first, 0) + first.length;
        for (int end = find(body, mark, start); end < body.length; end = find(body, mark, start)) {
            form.add(body, start, end);
            start = end + mark.length;
        }
        return form;
    }

    /** Empty when there is no such field. */
    String text(String name) {
        Part part = parts.get(name);
        return part == null ? "" : new String(part.content(), StandardCharsets.UTF_8);
    }

    Part file(String name) throws InvalidQuestion {
        Part part = parts.get(name);
        if (part == null || part.fileName().isEmpty()) {
            throw new InvalidQuestion(name, Problem.MISSING, "a file");
        }
        return part;
    }

    private void add(byte[] body, int start, int end) {
        int content = find(body, HEAD_END, start) + HEAD_END.length;
        if (content > end) {
            return;
        }
        String head = new String(body, start, content - start, StandardCharsets.UTF_8);
        parts.put(group(NAME, head), new Part(group(FILE_NAME, head), Arrays.copyOfRange(body, content, end)));
    }

    private static String group(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The length of the text when it is not there. */
    private static int find(byte[] text, byte[] wanted, int from) {
        for (int at = from; at <= text.length - wanted.length; at++) {
            if (text[at] == wanted[0] && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return text.length;
    }
}
