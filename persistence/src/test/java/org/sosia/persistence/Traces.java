package org.sosia.persistence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks through captured bytes for values, in every form in which a program would write them, and for a pattern. */
final class Traces {

    private static final int WINDOW = 12;

    /** Four letters of Base64 occur by chance. */
    private static final int LEAST_TELLING = 8;

    private final byte[] capture;

    Traces(byte[] capture) {
        this.capture = capture;
    }

    /** Twelve neighbouring values of a vector that differ as much as any: a stretch of black would be found in any padding. */
    static int[] tellingPart(byte[] vector) {
        int best = 0;
        long most = 0;
        for (int from = 0; from + WINDOW <= vector.length; from++) {
            int start = from;
            long distinct = IntStream.range(0, WINDOW)
                    .map(i -> vector[start + i])
                    .distinct()
                    .count();
            if (distinct > most) {
                best = from;
                most = distinct;
            }
        }
        int at = best;
        return IntStream.range(0, WINDOW).map(i -> vector[at + i] & 0xff).toArray();
    }

    /** Numbers in a row: as bytes if they are, of 2, 4 and 8 bytes in both orders, as floating point, and in writing. */
    static List<byte[]> forms(int... values) {
        List<byte[]> forms = new ArrayList<>();
        if (Arrays.stream(values).allMatch(value -> value < 1 << Byte.SIZE)) {
            forms.addAll(forms(bytes(values)));
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            if (Arrays.stream(values).allMatch(value -> value < 1 << Short.SIZE)) {
                forms.add(written(values, order, (out, value) -> out.putShort((short) value)));
            }
            forms.add(written(values, order, ByteBuffer::putInt));
            forms.add(written(values, order, (out, value) -> out.putLong(value)));
            forms.add(written(values, order, (out, value) -> out.putFloat(value)));
            forms.add(written(values, order, (out, value) -> out.putDouble(value)));
        }
        for (String separator : new String[] {",", ", ", " ", "\n"}) {
            forms.add(Arrays.stream(values)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(separator))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return forms;
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private interface Writing {
        ByteBuffer write(ByteBuffer out, int value);
    }

    private static byte[] written(int[] values, ByteOrder order, Writing writing) {
        ByteBuffer out = ByteBuffer.allocate(Double.BYTES * values.length).order(order);
        Arrays.stream(values).forEach(value -> writing.write(out, value));
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Bytes as they are, in hexadecimal of both cases, and in Base64 from each of the three places where they may begin. */
    static List<byte[]> forms(byte[] value) {
        List<byte[]> forms = new ArrayList<>();
        forms.add(value);
        String hex = HexFormat.of().formatHex(value);
        forms.add(hex.getBytes(StandardCharsets.UTF_8));
        forms.add(HexFormat.of().withUpperCase().formatHex(value).getBytes(StandardCharsets.UTF_8));
        for (int skipped = 0; skipped < 3; skipped++) {
            int whole = (value.length - skipped) / 3 * 3;
            byte[] written = Base64.getEncoder().encode(Arrays.copyOfRange(value, skipped, skipped + whole));
            if (written.length >= LEAST_TELLING) {
                forms.add(written);
            }
        }
        return forms;
    }

    /** A text in the encodings of texts. */
    static List<byte[]> forms(String text) {
        List<byte[]> forms = new ArrayList<>(forms(text.getBytes(StandardCharsets.UTF_8)));
        forms.add(text.getBytes(StandardCharsets.UTF_16LE));
        forms.add(text.getBytes(StandardCharsets.UTF_16BE));
        return forms;
    }

    /** Which of some forms are there. All are looked for in one pass, by their first four bytes. */
    Set<byte[]> found(List<byte[]> forms) {
        Map<Integer, List<byte[]>> byBeginning = new HashMap<>();
        BitSet beginnings = new BitSet();
        for (byte[] form : forms) {
            byBeginning
                    .computeIfAbsent(intAt(form, 0), first -> new ArrayList<>())
                    .add(form);
            beginnings.set(intAt(form, 0) >>> Short.SIZE);
        }
        Set<byte[]> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int at = 0; at + Integer.BYTES <= capture.length; at++) {
            int first = intAt(capture, at);
            if (beginnings.get(first >>> Short.SIZE)) {
                for (byte[] form : byBeginning.getOrDefault(first, List.of())) {
                    if (isAt(form, at)) {
                        found.add(form);
                    }
                }
            }
        }
        return found;
    }

    private static int intAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, Integer.BYTES).getInt();
    }

    private boolean isAt(byte[] form, int at) {
        return at + form.length <= capture.length && Arrays.equals(capture, at, at + form.length, form, 0, form.length);
    }

    /** How often four bytes, in either order, are one of some numbers. By chance it happens now and then. */
    private long hits(Set<Integer> numbers) {
        BitSet wanted = new BitSet();
        numbers.forEach(wanted::set);
        long hits = 0;
        for (int at = 0; at + Integer.BYTES <= capture.length; at++) {
            int value = intAt(capture, at);
            hits += value >= 0 && wanted.get(value) ? 1 : 0;
            int reversed = Integer.reverseBytes(value);
            hits += reversed >= 0 && wanted.get(reversed) ? 1 : 0;
        }
        return hits;
    }

    /** Whether numbers are there more often than others of the same size that never occurred. */
    boolean holdsMoreThanByChance(Set<Integer> numbers) {
        Set<Integer> others = new HashSet<>();
        for (int number : numbers) {
            int other = number;
            do {
                other++;
            } while (numbers.contains(other) || others.contains(other));
            others.add(other);
        }
        long chance = hits(others);
        return hits(numbers) > chance + 6 * Math.sqrt(chance + 1.0) + 6;
    }

    /** The same bytes with some forms in their midst. */
    Traces with(List<byte[]> forms) {
        ByteArrayOutputStream planted = new ByteArrayOutputStream();
        forms.forEach(planted::writeBytes);
        return with(planted.toByteArray());
    }

    /** The same bytes with some others in their midst. */
    Traces with(byte[] planted) {
        int middle = capture.length / 2;
        return new Traces(ByteBuffer.allocate(capture.length + planted.length)
                .put(capture, 0, middle)
                .put(planted)
                .put(capture, middle, capture.length - middle)
                .array());
    }

    /** 255 degrees of freedom: below 130 or above 420 happens once in 10^9 runs for uniform bytes. */
    double chiSquare() {
        long[] counts = new long[256];
        for (byte each : capture) {
            counts[each & 0xff]++;
        }
        double expected = capture.length / 256.0;
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    int length() {
        return capture.length;
    }
}
