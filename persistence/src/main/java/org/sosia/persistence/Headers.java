package org.sosia.persistence;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.LockTask;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.reencryption.ReKey;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.OperatorKey;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;

/** What a cloud itself can tell of a header, and do with one. It trusts nobody who hands it in. */
final class Headers {

    /** Refuses a record whose header is not its own. */
    static Header check(SealedRecord record, byte @Nullable [] certificate) {
        Header header = verified(record.header(), certificate);
        if (!header.record().equals(record.id())
                || header.version() != record.version()
                || !header.owner().equals(record.owner())
                || header.sealedLength() != record.sealedBytes()
                || !MessageDigest.isEqual(header.metadataDigest(), sha256(record.metadata()))) {
            throw new RefusedHeaderException();
        }
        return header;
    }

    /** A header as it lies in the store; empty if it cannot be read. */
    static Optional<Header> decoded(byte[] encoded) {
        try {
            return Optional.of(Header.decode(encoded));
        } catch (GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }

    /** Whether a row holds the owner's later word: a sound header with a higher revision. */
    static boolean isNewer(SealedRecord stored, SealedRecord other, byte @Nullable [] certificate) {
        try {
            return check(stored, certificate).revision()
                    > check(other, certificate).revision();
        } catch (RefusedHeaderException damaged) {
            return false;
        }
    }

    /** Refuses a header that is not the owner's next word on the same content. */
    static Header checkNext(SealedRecord record, byte[] encoded, byte @Nullable [] certificate) {
        check(record.withHeader(encoded, record.updatedAt()), certificate);
        try {
            Header next = Header.decode(encoded);
            Header known = Header.decode(record.header());
            if (next.revision() != known.revision() + 1
                    || !MessageDigest.isEqual(next.sealedDigest(), known.sealedDigest())
                    || !next.ownerKey().equals(known.ownerKey())
                    || !next.approvalKey().equals(known.approvalKey())) {
                throw new RefusedHeaderException();
            }
            return next;
        } catch (GeneralSecurityException malformed) {
            throw new RefusedHeaderException(malformed);
        }
    }

    /** Without the hospital's certificate nothing is re-encrypted: whoever re-encrypts what nobody signed is an oracle. */
    static Reencrypted reEncrypt(byte[] reKey, byte[] encoded, byte @Nullable [] certificate) {
        if (certificate == null) {
            throw new RefusedHeaderException();
        }
        try {
            Authorities authorities = authorities(certificate);
            ReKey key = ReKey.decode(reKey);
            Header header = Header.decode(encoded);
            return new Reencrypted(
                    key.convert(header, authorities).encode(),
                    key.prove(header, authorities).encode());
        } catch (GeneralSecurityException unfit) {
            throw new RefusedHeaderException(unfit);
        }
    }

    /** Does the work and signs that it was done: never the one without the other. */
    private static Computed computed(Work work, Header header, byte[] key, OperatorKey operator, Instant now)
            throws GeneralSecurityException {
        byte[] encoded = header.encode();
        byte[] result = work.of(encoded, key);
        return new Computed(
                result,
                Statement.sign(work, encoded, key, result, now, operator).encode());
    }

    /** @param header one that is {@link #verified} */
    static Computed convert(GrantHalfRow grant, Header header, OperatorKey operator, Instant now) {
        if (!header.record().equals(grant.record())) {
            throw new RefusedHeaderException();
        }
        try {
            return computed(Work.CONVERSION, header, grant.half(), operator, now);
        } catch (GeneralSecurityException unfit) {
            throw new RefusedHeaderException(unfit);
        }
    }

    /** @param header one that is {@link #verified} */
    static Optional<Computed> transform(byte[] key, Header header, OperatorKey operator, Instant now) {
        try {
            return Optional.of(computed(Work.TRANSFORMATION, header, key, operator, now));
        } catch (PolicyNotSatisfiedException refused) {
            return Optional.empty();
        } catch (GeneralSecurityException unfit) {
            throw new RefusedHeaderException(unfit);
        }
    }

    static byte[] lockHalf(byte[] parameters, byte[] task) {
        try (SecretBytes secret = SecretBytes.copyOf(task)) {
            ByteWriter half = new ByteWriter();
            LockTask.decode(secret).perform(PublicParameters.decode(parameters)).write(half);
            return half.toByteArray();
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("no task, or no parameters", malformed);
        }
    }

    /** Refuses a re-key that its owner signed under another certificate than the present ones. */
    static void requireSigned(byte[] reKey, byte @Nullable [] certificate) {
        if (certificate == null) {
            throw new RefusedHeaderException();
        }
        try {
            ReKey.decode(reKey).verify(authorities(certificate));
        } catch (GeneralSecurityException unfit) {
            throw new RefusedHeaderException(unfit);
        }
    }

    static Authorities authorities(byte[] encoded) {
        try {
            return Authorities.decode(encoded);
        } catch (GeneralSecurityException unfit) {
            throw new IllegalArgumentException("not a certificate", unfit);
        }
    }

    /** A header from outside, which its owner signed; whether she did is not asked where the cloud knows no certificate yet. */
    static Header verified(byte[] encoded, byte @Nullable [] certificate) {
        try {
            Header header = Header.decode(encoded);
            if (certificate != null) {
                header.verify(authorities(certificate));
            }
            return header;
        } catch (GeneralSecurityException malformed) {
            throw new RefusedHeaderException(malformed);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private Headers() {}
}
