package org.sosia.crypto.keywords;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** Everything that follows from one keyword's key: its slot at B, the sealing of its counter, its entries at A. Not for several threads. */
final class WordKey implements SecretMaterial {
    private static final String SLOT = "sosia/v1/keywords/slot";
    private static final String COUNTER = "sosia/v1/keywords/counter";
    private static final String ENTRY = "sosia/v1/keywords/entry";
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int PLAIN_BYTES = 17;
    private static final byte LABEL_KIND = 0;
    private static final byte PAD_KIND = 1;
    private static final byte TAG_KIND = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where a keyword's entries are: how many, under which random epoch. */
    record Position(int count, long epoch) {}

    /** What an entry says. */
    record Operation(boolean added, UUID record) {}

    private final UUID slot;
    private final SecretKeySpec counterKey;
    private final Mac entries;

    WordKey(SecretBytes key) {
        try (SecretBytes slotKey = key.derive(SLOT);
                SecretBytes counter = key.derive(COUNTER);
                SecretBytes entry = key.derive(ENTRY)) {
            slot = Entry.name(slotKey.exposeSecretBytes());
            counterKey = new SecretKeySpec(counter.exposeSecretBytes(), "AES");
            entries = Mac.getInstance("HmacSHA256");
            entries.init(new SecretKeySpec(entry.exposeSecretBytes(), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-2", e);
        }
    }

    UUID slot() {
        return slot;
    }

    /** A keyword without entries starts at a random epoch, and so does every compaction: no label is ever made twice. */
    static Position start() {
        return new Position(0, RANDOM.nextLong());
    }

    Position open(Counter counter) throws MalformedException {
        if (counter.revision() == 0) {
            return start();
        }
        byte[] sealed = counter.sealed();
        try {
            ByteBuffer plain = ByteBuffer.wrap(
                    cipher(Cipher.DECRYPT_MODE, sealed).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
            return new Position(plain.getInt(), plain.getLong());
        } catch (GeneralSecurityException e) {
            throw new MalformedException("a counter is not of this keyword");
        }
    }

    Counter seal(Position position, long revision) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] plain = ByteBuffer.allocate(12)
                    .putInt(position.count())
                    .putLong(position.epoch())
                    .array();
            byte[] sealed = Arrays.copyOf(nonce, Counter.SEALED_BYTES);
            cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return new Counter(revision, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonceFirst) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, counterKey, new GCMParameterSpec(8 * TAG_BYTES, nonceFirst, 0, NONCE_BYTES));
        return cipher;
    }

    UUID label(long epoch, int number) {
        ByteBuffer block = ByteBuffer.wrap(prf(epoch, number, LABEL_KIND, new byte[0]));
        return new UUID(block.getLong(), block.getLong());
    }

    Entry entry(long epoch, int number, Operation operation) {
        byte[] value = ByteBuffer.allocate(Entry.VALUE_BYTES)
                .put((byte) (operation.added() ? 1 : 0))
                .putLong(operation.record().getMostSignificantBits())
                .putLong(operation.record().getLeastSignificantBits())
                .array();
        mask(value, prf(epoch, number, PAD_KIND, new byte[0]));
        System.arraycopy(tag(epoch, number, value), 0, value, PLAIN_BYTES, TAG_BYTES);
        return new Entry(label(epoch, number), value);
    }

    /** Empty for what is no entry of this keyword with this number. */
    Optional<Operation> open(long epoch, int number, Entry entry) {
        byte[] value = entry.value();
        byte[] tag = Arrays.copyOfRange(value, PLAIN_BYTES, Entry.VALUE_BYTES);
        if (!MessageDigest.isEqual(tag, tag(epoch, number, value))) {
            return Optional.empty();
        }
        mask(value, prf(epoch, number, PAD_KIND, new byte[0]));
        ByteBuffer plain = ByteBuffer.wrap(value);
        boolean added = plain.get() == 1;
        return Optional.of(new Operation(added, new UUID(plain.getLong(), plain.getLong())));
    }

    private static void mask(byte[] value, byte[] pad) {
        for (int i = 0; i < PLAIN_BYTES; i++) {
            value[i] ^= pad[i];
        }
    }

    private byte[] tag(long epoch, int number, byte[] value) {
        return Arrays.copyOf(prf(epoch, number, TAG_KIND, Arrays.copyOf(value, PLAIN_BYTES)), TAG_BYTES);
    }

    private byte[] prf(long epoch, int number, byte kind, byte[] more) {
        entries.update(
                ByteBuffer.allocate(13).putLong(epoch).putInt(number).put(kind).array());
        return entries.doFinal(more);
    }

    @Override
    public String toString() {
        return "WordKey[secret]";
    }
}
