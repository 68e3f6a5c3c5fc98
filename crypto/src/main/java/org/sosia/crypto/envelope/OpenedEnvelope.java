package org.sosia.crypto.envelope;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * An envelope whose header was opened: it decrypts the payload that belongs to it. Wiped by {@link #close()}; streams already handed out
 * keep working.
 *
 * <p><b>Security.</b> Only the payload that the owner signed decrypts: length and commitment must be those of the header, the chunks
 * authenticate the rest.
 */
public final class OpenedEnvelope implements SecretMaterial, AutoCloseable {
    private final SecretBytes payloadKey;
    private final HeaderCore.Facts facts;
    private final byte[] context;

    OpenedEnvelope(SecretBytes payloadKey, HeaderCore.Facts facts) {
        this.payloadKey = payloadKey;
        this.facts = facts;
        this.context = Seed.payloadContext(facts.record(), facts.version(), facts.owner());
    }

    /**
     * Decrypts the whole payload.
     *
     * @param sealed the payload from its first byte; closed together with the result
     * @return the content; its reads throw {@link TamperedContentException} instead of releasing a bad chunk
     * @throws TamperedContentException if this is another payload
     * @throws IOException if the source fails
     */
    public InputStream decrypting(InputStream sealed) throws IOException {
        byte[] prefix = sealed.readNBytes(ChunkedEncryption.PREFIX_BYTES);
        requirePrefix(prefix);
        return ChunkedEncryption.decrypting(
                new SequenceInputStream(new ByteArrayInputStream(prefix), sealed), payloadKey, context);
    }

    /**
     * Decrypts a range of the payload.
     *
     * @param source the payload
     * @param from first byte of the content, counted from 0
     * @param length bytes wanted; cut at the end of the content
     * @return the content; its reads throw {@link TamperedContentException} instead of releasing a bad chunk
     * @throws TamperedContentException if this is another payload
     * @throws IOException if the source fails
     */
    public InputStream decryptingRange(SealedSource source, long from, long length) throws IOException {
        if (source.length() != facts.sealedLength()) {
            throw new TamperedContentException(TamperedContentException.PREFIX);
        }
        try (InputStream prefix = source.read(0, ChunkedEncryption.PREFIX_BYTES)) {
            requirePrefix(prefix.readNBytes(ChunkedEncryption.PREFIX_BYTES));
        }
        return ChunkedEncryption.decryptingRange(source, payloadKey, context, from, length);
    }

    /**
     * How long the content is, padding included.
     *
     * @return bytes
     */
    public long contentLength() {
        long body = facts.sealedLength() - ChunkedEncryption.PREFIX_BYTES;
        long tagBytes = ChunkedEncryption.SEALED_CHUNK_BYTES - ChunkedEncryption.CHUNK_BYTES;
        return body - (body / ChunkedEncryption.SEALED_CHUNK_BYTES + 1) * tagBytes;
    }

    private void requirePrefix(byte[] prefix) throws TamperedContentException {
        if (!facts.payloadPrefix().equals(new HeaderCore.Bytes(prefix))) {
            throw new TamperedContentException(TamperedContentException.PREFIX);
        }
    }

    @Override
    public void close() {
        payloadKey.close();
    }

    @Override
    public String toString() {
        return "OpenedEnvelope[secret]";
    }
}
