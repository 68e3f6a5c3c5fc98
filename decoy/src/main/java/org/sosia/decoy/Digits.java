package org.sosia.decoy;

import java.time.LocalDateTime;
import java.util.Arrays;

/** Builds one row of US-ASCII, quickly: a double of gigabytes is made of such rows. */
final class Digits {

    private byte[] bytes;
    private int length;

    Digits(int capacity) {
        this.bytes = new byte[capacity];
    }

    Digits letter(char letter) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length + 16);
        }
        bytes[length++] = (byte) letter;
        return this;
    }

    Digits text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            letter(ascii.charAt(i));
        }
        return this;
    }

    Digits number(long number) {
        if (number < 0) {
            letter('-');
            return number(-number);
        }
        if (number >= 10) {
            number(number / 10);
        }
        return letter((char) ('0' + number % 10));
    }

    private Digits two(int number) {
        return letter((char) ('0' + number / 10)).letter((char) ('0' + number % 10));
    }

    Digits moment(LocalDateTime at) {
        number(at.getYear())
                .letter('-')
                .two(at.getMonthValue())
                .letter('-')
                .two(at.getDayOfMonth())
                .letter('T');
        return two(at.getHour()).letter(':').two(at.getMinute()).letter(':').two(at.getSecond());
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
