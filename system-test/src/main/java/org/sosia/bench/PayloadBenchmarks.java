package org.sosia.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.secret.SecretBytes;

/** The content of a record, as a stream through memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PayloadBenchmarks {
    /** Far above every cache. */
    static final int BYTES = 64 << 20;

    private static final byte[] CONTEXT = {1};

    private final SecretBytes key = SecretBytes.random(32);
    private final byte[] content = new byte[BYTES];
    private final byte[] buffer = new byte[64 << 10];
    private byte[] sealed = {};

    /** Seals once, for decryption to start from. */
    @Setup
    public void prepare() throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream(BYTES + (BYTES >> 8));
        encrypt(sink);
        sealed = sink.toByteArray();
    }

    /** Content in, sealed content out. */
    @Benchmark
    public void encrypt() throws IOException {
        encrypt(OutputStream.nullOutputStream());
    }

    private void encrypt(OutputStream sink) throws IOException {
        try (OutputStream out = ChunkedEncryption.encrypting(sink, key, CONTEXT)) {
            out.write(content);
        }
    }

    /** Sealed content in, content out. */
    @Benchmark
    public long decrypt() throws IOException {
        long read = 0;
        try (InputStream in = ChunkedEncryption.decrypting(new ByteArrayInputStream(sealed), key, CONTEXT)) {
            for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
                read += some;
            }
        }
        return read;
    }
}
