package org.sosia.decoy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Everything that a double may know about its original: what it is coarsely, how big roughly, whose pseudonym, which day.
 *
 * <p><b>Security.</b> Two originals with the same spec have byte-identical doubles, so what the double can tell about its original
 * is at most what stands here. The size is rounded up to its bucket here, so that nobody can pass an exact one by mistake.
 *
 * @param record id of the record, shared by original and double
 * @param version version of the record, from 1
 * @param patient pseudonym of the patient; all doubles of one pseudonym tell of one twin patient
 * @param kind what the record is
 * @param mediaType type and subtype in lower case without parameters; one that {@link Forge#supports} knows
 * @param variant DICOM transfer syntax, or empty
 * @param sizeBucketBytes size of the original in bytes; becomes the upper end of its bucket (Padme)
 * @param day day of the upload
 * @param locale language and country in which the hospital writes
 */
public record DecoySpec(
        UUID record,
        int version,
        UUID patient,
        RecordKind kind,
        String mediaType,
        String variant,
        long sizeBucketBytes,
        LocalDate day,
        Locale locale) {

    /** The largest record that can have a double: 8 GiB. */
    public static final long MAX_BYTES = 8L << 30;

    private static final int ENCODING = 1;
    private static final Pattern UID = Pattern.compile("[0-9]{1,40}(\\.[0-9]{1,40}){1,20}");
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);

    /** Refuses what no honest caller passes, with {@link IllegalArgumentException}. */
    public DecoySpec {
        require(version >= 1, "The version of a record starts at 1");
        require(Forge.supports(mediaType), "There is no double for this media type");
        require(variant.isEmpty() || isUid(variant), "The variant is not a UID");
        require(sizeBucketBytes >= 1 && sizeBucketBytes <= MAX_BYTES, "The size is outside of 1 byte to 8 GiB");
        require(!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY), "The day is outside of the years 2000 to 2199");
        require(locale.toLanguageTag().length() <= 35, "The locale is too long");
        sizeBucketBytes = SizeBucket.padded(sizeBucketBytes);
    }

    private static boolean isUid(String text) {
        return text.length() <= 64 && UID.matcher(text).matches();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** This spec as bytes, for the row of work that asks for the double. */
    public byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(ENCODING);
            writeUuid(out, record);
            out.writeInt(version);
            writeUuid(out, patient);
            out.writeUTF(kind.text());
            out.writeUTF(mediaType);
            out.writeUTF(variant);
            out.writeLong(sizeBucketBytes);
            out.writeLong(day.toEpochDay());
            out.writeUTF(locale.toLanguageTag());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static DecoySpec decode(byte[] encoded) {
        try (var in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            require(in.readByte() == ENCODING, "Unknown encoding of a spec");
            var spec = new DecoySpec(
                    readUuid(in),
                    in.readInt(),
                    readUuid(in),
                    RecordKind.of(in.readUTF()),
                    in.readUTF(),
                    in.readUTF(),
                    in.readLong(),
                    LocalDate.ofEpochDay(in.readLong()),
                    new Locale.Builder().setLanguageTag(in.readUTF()).build());
            require(in.read() < 0, "A spec with trailing bytes");
            require(Arrays.equals(spec.encode(), encoded), "A spec that is written otherwise");
            return spec;
        } catch (IOException | IllformedLocaleException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("Not a spec", e);
        }
    }

    private static void writeUuid(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readUuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
