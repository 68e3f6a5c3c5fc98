package org.sosia.crypto.policy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/**
 * Something an authority vouches for: {@code role:doctor}.
 *
 * <p>The epoch numbers the issues of an attribute: a key for an older issue does not open what was sealed for a newer one. Text is
 * normalised to Unicode NFC when the attribute is made; upper and lower case differ.
 *
 * <p><b>Shape.</b> Canonical text {@code authority/name:value@epoch}; authority and name up to {@value #MAX_NAME_BYTES} bytes of letters,
 * digits, {@code _ . -}, value up to {@value #MAX_VALUE_BYTES} bytes without quotation marks, backslashes and control characters.
 *
 * @param authority who vouches, {@value #DEFAULT_AUTHORITY} unless said otherwise
 * @param name what kind of thing, for example {@code role}
 * @param value which one, for example {@code doctor}
 * @param epoch which issue, from 1
 */
public record Attribute(String authority, String name, String value, int epoch) {
    /** The authority meant when a text names none. */
    public static final String DEFAULT_AUTHORITY = "hospital";

    /** Limit of authority and name, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 32;

    /** Limit of the value, in bytes of UTF-8. */
    public static final int MAX_VALUE_BYTES = 96;

    /** Limit of the canonical text, in bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 2 * MAX_NAME_BYTES + MAX_VALUE_BYTES + 13;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}_.-]*");
    private static final Pattern VALUE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}\"\\\\]+");
    private static final Pattern CANONICAL = Pattern.compile("([^/:]+)/([^/:]+):(.+)@([1-9][0-9]{0,9})");

    /**
     * Checks and normalises.
     *
     * @throws IllegalArgumentException if a part breaks the limits above
     */
    public Attribute {
        authority = Normalizer.normalize(authority, Normalizer.Form.NFC);
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
        if (!fits(authority, NAME, MAX_NAME_BYTES)
                || !fits(name, NAME, MAX_NAME_BYTES)
                || !fits(value, VALUE, MAX_VALUE_BYTES)
                || epoch < 1) {
            throw new IllegalArgumentException("an attribute's part is empty, too long or holds a forbidden character");
        }
    }

    private static boolean fits(String text, Pattern form, int mostBytes) {
        return text.length() <= mostBytes
                && form.matcher(text).matches()
                && text.getBytes(StandardCharsets.UTF_8).length <= mostBytes;
    }

    /**
     * An attribute of the hospital itself, first issue.
     *
     * @param name for example {@code department}
     * @param value for example {@code cardiology}
     * @return the attribute
     */
    public static Attribute of(String name, String value) {
        return new Attribute(DEFAULT_AUTHORITY, name, value, 1);
    }

    /**
     * The next issue of this attribute: what is sealed for it does not open with keys for this one.
     *
     * @return the same authority, name and value, one epoch later
     * @throws IllegalArgumentException after 2³¹ - 1 issues
     */
    public Attribute nextEpoch() {
        return new Attribute(authority, name, value, epoch + 1);
    }

    /**
     * Reads {@code name:value}, optionally preceded by {@code authority/} and followed by {@code @epoch}; a value with blanks or other
     * signs stands in quotation marks.
     *
     * @param text for example {@code role:doctor} or {@code ward:"3 north"@2}
     * @return the attribute
     * @throws PolicySyntaxException if the text is something else
     */
    public static Attribute parse(String text) throws PolicySyntaxException {
        return PolicyParser.parseAttribute(text);
    }

    /**
     * The shortest text that {@link #parse} reads back.
     *
     * @return for example {@code role:doctor}
     */
    public String toText() {
        return (authority.equals(DEFAULT_AUTHORITY) ? "" : authority + "/")
                + name
                + ":"
                + (NAME.matcher(value).matches() ? value : "\"" + value + "\"")
                + (epoch == 1 ? "" : "@" + epoch);
    }

    /**
     * The same attribute in another issue.
     *
     * @param other which issue, from 1
     * @return the attribute
     */
    public Attribute inEpoch(int other) {
        return new Attribute(authority, name, value, other);
    }

    /** The leaf of a canonical policy. */
    String canonical() {
        return authority + "/" + name + ":" + value + "@" + epoch;
    }

    static Attribute ofCanonical(String text) {
        Matcher parts = CANONICAL.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("this is no canonical attribute");
        }
        return new Attribute(parts.group(1), parts.group(2), parts.group(3), Integer.parseInt(parts.group(4)));
    }

    /**
     * What is hashed to the curve and stored in keys: authority, name and value, each preceded by its length in two bytes, and the
     * epoch in four. Never the text: two attributes must not look alike after joining.
     *
     * @return fresh bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .sized(authority.getBytes(StandardCharsets.UTF_8))
                .sized(name.getBytes(StandardCharsets.UTF_8))
                .sized(value.getBytes(StandardCharsets.UTF_8))
                .u32(epoch)
                .toByteArray();
    }

    /**
     * Reads what {@link #encode()} gave.
     *
     * @param encoded the bytes
     * @return the attribute
     * @throws MalformedException if they are not exactly the encoding of an attribute
     */
    public static Attribute decode(byte[] encoded) throws MalformedException {
        ByteReader reader = new ByteReader(encoded);
        String authority = reader.text(MAX_NAME_BYTES);
        String name = reader.text(MAX_NAME_BYTES);
        String value = reader.text(MAX_VALUE_BYTES);
        int epoch = reader.u32();
        reader.end();
        try {
            Attribute attribute = new Attribute(authority, name, value, epoch);
            if (Arrays.equals(attribute.encode(), encoded)) {
                return attribute;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("this is no attribute");
        }
        throw new MalformedException("this is no attribute");
    }

    @Override
    public String toString() {
        return toText();
    }
}
