package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * Somebody gets a dump of the server's heap after a record was read. What the platform collected but did not overwrite cannot be told
 * from outside, so the dump is of what is reachable: nothing in this module may hold on to a secret that was closed.
 */
class HeapDumpAttackTest {
    private static final byte MASK = 0x5a;

    @TempDir
    Path folder;

    @Test
    void whatOpenedARecordIsNotInTheHeapAfterwards() throws Exception {
        SealedRecord sealed = SealedRecord.of(new byte[100_000]);
        OpenedEnvelope opened = sealed.header.openAsOwner(COLLECTION);
        byte[] payloadKey = masked(payloadKeyOf(opened).exposeSecretBytes());
        try (var content = opened.decrypting(new ByteArrayInputStream(sealed.payload))) {
            content.readAllBytes();
        }

        assertThat(foundInHeap(payloadKey)).as("the search finds what is there").isTrue();
        opened.close();
        assertThat(foundInHeap(payloadKey)).as("after close").isFalse();
    }

    @Test
    void aPartialKeyIsNotInTheHeapOnceNobodyHoldsIt() throws Exception {
        byte[] text = shownAndForgotten();
        assertThat(foundInHeap(text)).as("after it was forgotten").isFalse();
    }

    /** In a method of its own, so that no local variable holds on to the key. */
    private byte[] shownAndForgotten() throws IOException {
        IssuedGrant grant = COLLECTION.issueGrant();
        String shown = grant.partialKey().revealText();
        byte[] text = masked(shown.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(foundInHeap(text)).as("while it is shown").isTrue();
        assertThat(grant.partialKey().revealText()).isEqualTo(shown);
        return text;
    }

    /** Every kind of key that a service holds for a moment: whatever was done with it, no cache and no field of this module keeps it. */
    @Test
    void noKeyStaysInTheHeapOnceItWasUsedAndDropped() throws Exception {
        Map<String, byte[]> keys = usedAndDropped();
        assertThat(foundInHeap(keys)).as("after they were dropped").isEmpty();
    }

    /** In a method of its own, so that no local variable holds on to the keys. */
    private Map<String, byte[]> usedAndDropped() throws Exception {
        SealedRecord sealed = SealedRecord.of(new byte[10]);
        UserKeys reader = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
        CollectionKeys collection = CollectionKeys.generate();
        OwnerSigningKey signer = CA.issue("olga");
        PersonKey person = PersonKey.generate();
        SeatKey seat = SeatKey.random();
        Map<String, byte[]> keys = new TreeMap<>();
        keys.put("retrieval key", secretOf(reader.retrievalKey().encode()));
        keys.put("collection key", secretOf(collection.encode()));
        keys.put("owner's signing key", secretOf(signer.encode()));
        keys.put("person's key", secretOf(person.encode()));
        keys.put("seat key", masked(seat.revealText().getBytes(StandardCharsets.ISO_8859_1)));

        IssuedGrant grant = COLLECTION.issueGrant();
        sealed.header
                .open(
                        PARAMETERS,
                        sealed.header.transform(reader.transformKey()),
                        reader.retrievalKey(),
                        grant.half().convert(sealed.header),
                        grant.partialKey())
                .close();
        assertThatThrownBy(() -> sealed.header.openAsOwner(collection)).isInstanceOf(WrongKeyException.class);
        signer.sign(new byte[] {1}).verify(new byte[] {1}, "olga", CA.certificate());
        byte[] delivered = Delivery.seal(person.publicPart(), new byte[0], SecretBytes.random(32));
        person.openSecret(delivered, new byte[0]).close();
        String shown = seat.revealText();

        // Exponents live in the native library's memory, where a dump of the heap does not reach while they are held
        // either.
        assertThat(foundInHeap(keys))
                .as("while they are held")
                .containsAll(Set.of("owner's signing key", "person's key", "seat key"));
        assertThat(shown).isEqualTo(seat.revealText());
        assertThat(List.of(reader, collection, signer, person)).doesNotContainNull();
        return keys;
    }

    /** The 32 bytes behind the version: z, o, the seed, the private key. */
    private static byte[] secretOf(SecretBytes encoded) {
        return encoded.exposeSecretBytes(bytes -> masked(Arrays.copyOfRange(bytes, 1, 33)));
    }

    private static SecretBytes payloadKeyOf(OpenedEnvelope opened) throws ReflectiveOperationException {
        var field = OpenedEnvelope.class.getDeclaredField("payloadKey");
        field.setAccessible(true);
        return (SecretBytes) field.get(opened);
    }

    /** What is looked for must not lie in the heap itself. */
    private static byte[] masked(byte[] secret) {
        for (int i = 0; i < secret.length; i++) {
            secret[i] ^= MASK;
        }
        return secret;
    }

    private boolean foundInHeap(byte[] maskedSecret) throws IOException {
        return !foundInHeap(Map.of("it", maskedSecret)).isEmpty();
    }

    private Set<String> foundInHeap(Map<String, byte[]> maskedSecrets) throws IOException {
        Path dump = folder.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        try (FileChannel channel = FileChannel.open(dump)) {
            ByteBuffer heap = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return maskedSecrets.entrySet().stream()
                    .filter(secret -> found(heap, secret.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }

    private static boolean found(ByteBuffer heap, byte[] masked) {
        byte first = (byte) (masked[0] ^ MASK);
        int last = heap.capacity() - masked.length;
        for (int at = 0; at <= last; at++) {
            if (heap.get(at) == first && matches(heap, at, masked)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(ByteBuffer heap, int at, byte[] masked) {
        for (int i = 1; i < masked.length; i++) {
            if (heap.get(at + i) != (byte) (masked[i] ^ MASK)) {
                return false;
            }
        }
        return true;
    }
}
