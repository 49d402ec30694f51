package io.exai.provider.sandbox.wire;

import java.util.ArrayList;
import java.util.List;

/** The sandbox's tokens: runs of anything but white space. */
public final class Words {
    private Words() {}

    public static int count(String text) {
        int count = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = Character.isWhitespace(text.charAt(i));
            if (!blank && !inside) {
                count++;
            }
            inside = !blank;
        }
        return count;
    }

    /** Each word with the white space after it: joined they are the text again. */
    public static List<String> split(String text) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i - 1)) && !Character.isWhitespace(text.charAt(i))) {
                words.add(text.substring(start, i));
                start = i;
            }
        }
        words.add(text.substring(start));
        return words;
    }
}
