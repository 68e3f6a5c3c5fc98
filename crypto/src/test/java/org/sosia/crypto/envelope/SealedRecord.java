package org.sosia.crypto.envelope;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;

/** A sealed record and everybody who has to do with it: what most tests start from. */
public final class SealedRecord {
    public static final String OWNER = "olga";
    public static final String POLICY = "role:doctor and department:cardiology";
    public static final byte[] METADATA_DIGEST = Digests.sha256("sealed metadata".getBytes(StandardCharsets.UTF_8));

    public static final CertificateAuthority CA = CertificateAuthority.generate("General Hospital");
    public static final OwnerSigningKey SIGNER = CA.issue(OWNER);
    public static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    public static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();
    public static final CollectionKeys COLLECTION = CollectionKeys.generate();
    public static final Attribute DOCTOR = Attribute.of("role", "doctor");
    public static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    public final Header header;
    public final byte[] payload;

    private SealedRecord(Header header, byte[] payload) {
        this.header = header;
        this.payload = payload;
    }

    public static SealedRecord of(byte[] content) {
        return of(UUID.randomUUID(), POLICY, COLLECTION, content);
    }

    public static SealedRecord of(UUID record, String policy, CollectionKeys collection, byte[] content) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        try (Sealing sealing = Sealing.begin(record, 1, OWNER, PARAMETERS, AccessPolicy.parse(policy), collection)) {
            try (OutputStream out = sealing.encrypting(payload)) {
                out.write(content);
            }
            return new SealedRecord(sealing.finish(METADATA_DIGEST, SIGNER), payload.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | PolicySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The same header over another payload. */
    SealedRecord with(byte[] other) {
        return new SealedRecord(header, other);
    }

    public byte[] read(OpenedEnvelope opened) throws IOException {
        try (InputStream content = opened.decrypting(new ByteArrayInputStream(payload))) {
            return content.readAllBytes();
        }
    }

    public SealedSource source() {
        return new SealedSource() {
            @Override
            public long length() {
                return payload.length;
            }

            @Override
            public InputStream read(long from, long length) {
                return new ByteArrayInputStream(payload, (int) from, (int) length);
            }
        };
    }
}
