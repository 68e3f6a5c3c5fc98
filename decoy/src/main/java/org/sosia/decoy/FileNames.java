package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;

/** File names that the system makes: free of personal data, and the same for an original and its double. */
public final class FileNames {

    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private FileNames() {}

    /**
     * The name of a record's file, such as {@code LAB_2026-03-14_7K.pdf}.
     *
     * <p>The two characters tell apart the records of one day; they come from the record's id alone and are not unique.
     *
     * @param mediaType decides the extension; {@code bin} when unknown
     */
    public static String of(RecordKind kind, LocalDate day, UUID record, String mediaType) {
        byte[] digest = sha256(record.toString());
        return kind.name().toUpperCase(Locale.ROOT) + "_" + day + "_" + CROCKFORD.charAt(digest[0] & 31)
                + CROCKFORD.charAt(digest[1] & 31) + "." + Format.extension(mediaType);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
