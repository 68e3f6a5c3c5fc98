package org.sosia.words;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Keeps the beginning of a content as it passes, because words are drawn from it when it is known what it is. Never more than
 * {@value #MOST_BYTES} bytes; for one thread and one content.
 */
public final class Gathering {

    /** A report of some hundred pages, a FHIR bundle of a year, and every DICOM file up to its pixels fit. */
    static final int MOST_BYTES = 4 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean whole = true;

    /** Something that writes where it is told, and keeps the beginning here. */
    public OutputStream beside(OutputStream target) {
        return new FilterOutputStream(target) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                keep(bytes, offset, length);
            }
        };
    }

    private void keep(byte[] bytes, int offset, int length) {
        int room = Math.min(length, MOST_BYTES - kept.size());
        kept.write(bytes, offset, room);
        whole &= room == length;
    }

    /** Whether all of the content was kept. */
    boolean isWhole() {
        return whole;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}
