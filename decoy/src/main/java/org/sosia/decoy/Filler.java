package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Sentences that take up exactly so many bytes. US-ASCII, without a character that any of our formats would have to escape. */
final class Filler {

    private Filler() {}

    static String text(Keystream stream, Language language, int length) {
        var text = new StringBuilder(length);
        var fitting = new ArrayList<>(language.remarks());
        while (!fitting.isEmpty()) {
            if (length - text.length() < 90) {
                fitting.removeIf(remark -> remark.length() + 4 > length - text.length());
            }
            if (!fitting.isEmpty()) {
                text.append(fitting.get(stream.below(fitting.size()))).append(' ');
            }
        }
        cutToMeasure(text, stream, language, length);
        return text.toString();
    }

    private static void cutToMeasure(StringBuilder text, Keystream stream, Language language, int length) {
        while (length - text.length() > 16) {
            text.append(word(language, stream.between(3, 9))).append(' ');
        }
        int left = length - text.length();
        if (left > 13) {
            text.append(word(language, left - 9))
                    .append(' ')
                    .append(word(language, 7))
                    .append('.');
        } else if (left > 2) {
            text.append(word(language, left - 1)).append('.');
        } else {
            text.append("ok".substring(0, Math.max(left, 0)));
        }
    }

    private static String word(Language language, int length) {
        return language.words().get(length - 2);
    }

    /** A closing in which such a text stands between a fixed beginning and end. */
    static Growth.Closing between(String before, String after, Keystream.Key key, Language language) {
        return between(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8), key, language);
    }

    static Growth.Closing between(byte[] before, byte[] after, Keystream.Key key, Language language) {
        return new Growth.Closing() {
            @Override
            public int minimum() {
                return before.length + after.length;
            }

            @Override
            public byte[] exactly(int length) {
                int room = length - minimum();
                byte[] text = text(key.stream("filler"), language, room).getBytes(StandardCharsets.US_ASCII);
                byte[] whole = new byte[length];
                System.arraycopy(before, 0, whole, 0, before.length);
                System.arraycopy(text, 0, whole, before.length, room);
                System.arraycopy(after, 0, whole, length - after.length, after.length);
                return whole;
            }
        };
    }
}
