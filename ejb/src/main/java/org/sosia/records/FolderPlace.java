package org.sosia.records;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.crypto.content.SealedSource;

/**
 * A folder of the hospital's own. Besides shares it keeps in which attempt the copies of a record were made, so that they are found
 * when a cloud has forgotten the record.
 *
 * <p><b>Shape.</b> docs/FORMATS.md, section Recovery copies. A file appears when it is complete: it is written beside and moved.
 */
record FolderPlace(Path folder) implements Place {

    private static final Logger LOG = Logger.getLogger(FolderPlace.class.getName());

    /** A label holds a header, which is bounded, as base 64 in sealed JSON. */
    private static final int MOST_LABEL_BYTES = 1 << 20;

    private static final String SHARE = ".share";
    private static final String LABEL = ".label";
    private static final String ATTEMPT = ".attempt";

    /** A few hundred folders, so that none of them holds too many files. */
    private Path file(String name, String kind) {
        return folder.resolve(name.substring(0, 2)).resolve(name + kind);
    }

    /** In which attempt the copies of a record were made, or begun. */
    Optional<UUID> attempt(String record) throws IOException {
        Path file = file(record, ATTEMPT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(Files.readString(file).strip()));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    void keepAttempt(String record, UUID attempt) throws IOException {
        put(file(record, ATTEMPT), attempt.toString().getBytes(StandardCharsets.US_ASCII));
    }

    void dropAttempt(String record) throws IOException {
        Files.deleteIfExists(file(record, ATTEMPT));
    }

    @Override
    public Arriving begin(UUID share) throws IOException {
        return new InFolder(share, new Writing(file(share.toString(), SHARE)));
    }

    @Override
    public SealedSource share(UUID share) throws IOException {
        Path file = file(share.toString(), SHARE);
        long length = Files.exists(file) ? Files.size(file) : 0;
        return new SealedSource() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream read(long from, long wanted) throws IOException {
                if (length == 0) {
                    return new ByteArrayInputStream(new byte[0]);
                }
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                channel.position(from);
                return new Bounded(Channels.newInputStream(channel), wanted);
            }
        };
    }

    @Override
    public Optional<byte[]> label(UUID share) throws IOException {
        Path file = file(share.toString(), LABEL);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream label = Files.newInputStream(file)) {
            return Optional.of(label.readNBytes(MOST_LABEL_BYTES));
        }
    }

    @Override
    public void relabel(UUID share, long bytes, byte[] label) throws IOException {
        put(file(share.toString(), LABEL), label);
    }

    @Override
    public void mend(UUID share, Content content) throws IOException {
        write(file(share.toString(), SHARE), content);
    }

    @Override
    public void drop(UUID share) throws IOException {
        Files.deleteIfExists(file(share.toString(), LABEL));
        Files.deleteIfExists(file(share.toString(), SHARE));
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        write(file, sink -> sink.write(bytes));
    }

    /** All of it, or nothing. */
    private static void write(Path file, Content content) throws IOException {
        Writing writing = new Writing(file);
        try {
            content.writeTo(writing);
            writing.close();
        } catch (IOException | RuntimeException failed) {
            writing.giveUp();
            throw failed;
        }
    }

    private final class InFolder implements Arriving {
        private final UUID share;
        private final Writing sink;

        InFolder(UUID share, Writing sink) {
            this.share = share;
            this.sink = sink;
        }

        @Override
        public OutputStream sink() {
            return sink;
        }

        @Override
        public void arrived(long bytes, byte[] label) throws IOException {
            sink.close();
            relabel(share, bytes, label);
        }

        @Override
        public void bind() {
            // What has its name stays.
        }

        @Override
        public void takeBack() {
            try {
                sink.giveUp();
                drop(share);
            } catch (IOException notNow) {
                LOG.log(Level.WARNING, "a share stays behind in the folder of copies: {0}", share);
            }
        }
    }

    /** A file on its way: under another name until it is closed, and on the disk by then. */
    private static final class Writing extends OutputStream {
        private final Path file;
        private final Path beside;
        private final FileChannel channel;
        private final OutputStream out;
        private boolean closed;

        Writing(Path file) throws IOException {
            this.file = file;
            this.beside = file.resolveSibling(UUID.randomUUID() + ".part");
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try (channel) {
                    out.flush();
                    channel.force(true);
                }
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        void giveUp() throws IOException {
            closed = true;
            channel.close();
            Files.deleteIfExists(beside);
        }
    }

    /** So many bytes of a stream, and no more. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long most) {
            this.in = in;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = in.read(b, off, (int) Math.min(len, left));
            left -= Math.max(0, n);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
