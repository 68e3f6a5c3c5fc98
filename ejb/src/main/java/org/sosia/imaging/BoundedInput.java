package org.sosia.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file that can be read so often and for so long and no more. The decoder of JPEG 2000 goes on for hours over a damaged codestream; what it reads meanwhile
 * is many times what an image needs.
 */
final class BoundedInput extends MemoryCacheImageInputStream {

    private static final long LEAST = 1 << 20;

    /** An undamaged file is read once or twice; a decoder that looks around in it reads some parts more often. */
    private static final int TIMES = 16;

    /** The largest image that is decoded takes some seconds. Of the reading thread's own time: a busy machine refuses no more than an idle one. */
    private static final Duration MOST_WORK = Duration.ofSeconds(60);

    /** Asking for the time takes longer than reading a byte. */
    private static final int READS_BETWEEN_LOOKS = 4096;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long length;
    private final long until;
    private long left;
    private int reads;

    BoundedInput(byte[] file) {
        this(file, MOST_WORK);
    }

    BoundedInput(byte[] file, Duration mostWork) {
        super(new ByteArrayInputStream(file));
        length = file.length;
        until = THREADS.getCurrentThreadCpuTime() + mostWork.toNanos();
        left = LEAST + (long) TIMES * file.length;
    }

    /** The decoder of JPEG 2000 asks all the time, and counts by reading when nobody says. */
    @Override
    public long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        take(1);
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        take(Math.max(1, count));
        return count;
    }

    @Override
    public void seek(long position) throws IOException {
        take(1);
        super.seek(position);
    }

    private void take(long count) throws IOException {
        left -= count;
        if (left < 0) {
            throw new IOException("read more often than any image needs");
        }
        reads++;
        if (reads % READS_BETWEEN_LOOKS == 0 && THREADS.getCurrentThreadCpuTime() > until) {
            throw new IOException("worked on for longer than any image needs");
        }
    }
}
