package org.sosia.crypto.splitting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;

/** Content that was split in memory. */
record SplitContent(SplitReceipt receipt, List<byte[]> shares) {
    static SplitContent of(Splitting splitting, byte[] content) throws IOException {
        return of(splitting, UUID.randomUUID(), content);
    }

    static SplitContent of(Splitting splitting, UUID object, byte[] content) throws IOException {
        List<ByteArrayOutputStream> sinks = Stream.generate(ByteArrayOutputStream::new)
                .limit(splitting.shares())
                .toList();
        SplittingStream stream = splitting.split(object, sinks);
        try (stream) {
            stream.write(content);
        }
        return new SplitContent(
                stream.receipt(),
                new ArrayList<>(
                        sinks.stream().map(ByteArrayOutputStream::toByteArray).toList()));
    }

    SealedSource share(int number) {
        return source(shares.get(number));
    }

    /** All shares but those named. */
    List<@Nullable SealedSource> without(Integer... lost) {
        List<@Nullable SealedSource> left = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            left.add(List.of(lost).contains(i) ? null : share(i));
        }
        return left;
    }

    byte[] merged(Integer... lost) throws IOException {
        SealedSource merged = Splitting.merge(receipt, without(lost));
        try (InputStream bytes = merged.read(0, merged.length())) {
            return bytes.readAllBytes();
        }
    }

    static SealedSource source(byte[] bytes) {
        return new SealedSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream read(long from, long length) {
                int start = (int) Math.min(from, bytes.length);
                return new ByteArrayInputStream(bytes, start, (int) Math.min(length, bytes.length - start));
            }
        };
    }
}
