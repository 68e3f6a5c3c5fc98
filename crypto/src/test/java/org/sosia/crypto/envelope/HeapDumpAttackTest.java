package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sosia.crypto.secret.SecretBytes;

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
        Path dump = folder.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        try (FileChannel channel = FileChannel.open(dump)) {
            ByteBuffer heap = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return found(heap, maskedSecret);
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
