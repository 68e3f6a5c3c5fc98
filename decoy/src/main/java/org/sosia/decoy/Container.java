package org.sosia.decoy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32;

/** A device's binary recording: a manifest in plain text, then blocks with number, length and checksum, each closed by the device. */
final class Container {

    private static final int BLOCK = 65_536;
    private static final int BLOCK_HEADER = 24;
    private static final int SYNC = 0xFA55C0DE;

    private Container() {}

    static Plan plan(Job job) {
        byte[] head = head(job);
        if (job.target() < head.length + BLOCK_HEADER + 1) {
            return Growth.plan(
                    job.target(),
                    new byte[0],
                    java.util.Collections::emptyIterator,
                    Filler.between("", "", job.edition(), job.language()));
        }
        long size = job.target();
        return new Plan(size, () -> new PieceStream(new Blocks(head, size, job.edition().stream("blocks"))));
    }

    private static byte[] head(Job job) {
        Keystream site = job.site().stream("recorder");
        String manifest = "format=MDR/2\ndevice="
                + site.pick(java.util.List.of("CardioLog 300", "NeuroTrace M", "PulseLink 5")) + "\nserial="
                + site.between(100_000, 999_999) + "\npatient=" + job.persona().number() + "\nday="
                + job.spec().day() + "\nblock=" + BLOCK + "\ncipher=AES-256-CTR\n\n";
        byte[] text = manifest.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length)
                .put("MDRF".getBytes(StandardCharsets.US_ASCII))
                .putInt(text.length)
                .put(text)
                .array();
    }

    private static final class Blocks implements Iterator<byte[]> {
        private final Keystream stream;
        private byte[] ahead;
        private long left;
        private long number;
        private boolean ended;

        Blocks(byte[] head, long size, Keystream stream) {
            this.ahead = head;
            this.left = size - head.length;
            this.stream = stream;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public byte[] next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            byte[] piece = ahead;
            if (left == 0) {
                ended = true;
            } else {
                ahead = block();
                left -= ahead.length;
            }
            return piece;
        }

        private byte[] block() {
            int length = (int) Math.min(left, BLOCK);
            // What would be left must still hold the header of a block.
            length = left > length && left - length < BLOCK_HEADER ? length - BLOCK_HEADER : length;
            byte[] block = new byte[length];
            stream.fill(block, BLOCK_HEADER, length - BLOCK_HEADER);
            var crc = new CRC32();
            crc.update(block, BLOCK_HEADER, length - BLOCK_HEADER);
            ByteBuffer.wrap(block)
                    .putInt(SYNC)
                    .putLong(number++)
                    .putInt(length - BLOCK_HEADER)
                    .putLong(crc.getValue());
            return block;
        }
    }
}
