package org.sosia.crypto.grant;

import java.math.BigInteger;
import java.util.Arrays;
import org.sosia.crypto.secret.SecretBytes;

/**
 * A key that a person carries, for eye and hand: 26 characters and a check character of Crockford's base 32, which has no I, L, O, U.
 *
 * <p>The check is a linear code over the field of 32 elements: position i weighs α^(i+1), α a generator of the 31 non-zero elements. Every
 * single wrong character and every swap of two different characters, adjacent or not, changes it.
 */
final class KeyText {
    static final int CHARACTERS = 27;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;
    private static final int GROUP = 4;

    /** x^5 + x^2 + 1, primitive over GF(2). */
    private static final int FIELD_POLYNOMIAL = 0b100101;

    private KeyText() {}

    /** The text to be shown once. */
    static String reveal(SecretBytes key) {
        byte[] exposed = key.exposeSecretBytes();
        try {
            return of(exposed);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /** The key that a person typed. */
    static SecretBytes read(String text, int keyBytes) throws TypingErrorException {
        byte[] bytes = parse(text, keyBytes);
        try {
            return SecretBytes.copyOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static String of(byte[] key) {
        BigInteger number = new BigInteger(1, key);
        int[] digits = new int[CHARACTERS];
        for (int i = CHARACTERS - 2; i >= 0; i--) {
            digits[i] = number.intValue() & 0x1f;
            number = number.shiftRight(BITS);
        }
        digits[CHARACTERS - 1] = check(digits);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < CHARACTERS; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(digits[i]));
        }
        return text.toString();
    }

    static byte[] parse(String text, int keyBytes) throws TypingErrorException {
        int[] digits = digits(text);
        if (digits[CHARACTERS - 1] != check(digits)) {
            throw new TypingErrorException();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < CHARACTERS - 1; i++) {
            number = number.shiftLeft(BITS).or(BigInteger.valueOf(digits[i]));
        }
        if (number.bitLength() > keyBytes * Byte.SIZE) {
            throw new TypingErrorException();
        }
        byte[] digitsOfKey = number.toByteArray();
        byte[] key = new byte[keyBytes];
        int length = Math.min(digitsOfKey.length, keyBytes);
        System.arraycopy(digitsOfKey, digitsOfKey.length - length, key, keyBytes - length, length);
        Arrays.fill(digitsOfKey, (byte) 0);
        return key;
    }

    private static int[] digits(String text) throws TypingErrorException {
        int[] digits = new int[CHARACTERS];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-'
                    || c == '\u2010'
                    || c == '\u2011'
                    || c == '\u2013'
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c)) {
                continue;
            }
            int digit = ALPHABET.indexOf(canonical(c));
            if (digit < 0 || count == CHARACTERS) {
                throw new TypingErrorException();
            }
            digits[count++] = digit;
        }
        if (count != CHARACTERS) {
            throw new TypingErrorException();
        }
        return digits;
    }

    /** What a reader may take it for: O is 0, I and L are 1, small letters are capitals. */
    private static char canonical(char c) {
        return switch (c) {
            case 'o', 'O' -> '0';
            case 'i', 'I', 'l', 'L' -> '1';
            default -> c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        };
    }

    /** Σ α^(i+1) · digit_i, by Horner's rule from the last digit to the first. */
    private static int check(int[] digits) {
        int sum = 0;
        for (int i = CHARACTERS - 2; i >= 0; i--) {
            sum = timesAlpha(sum ^ digits[i]);
        }
        return sum;
    }

    private static int timesAlpha(int element) {
        int shifted = element << 1;
        return (shifted & 0x20) == 0 ? shifted : shifted ^ FIELD_POLYNOMIAL;
    }
}
