package org.sosia.crypto.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** The published vectors of Cobblestone-256: as a stream, at random positions, in one piece, and sealed again. */
class ChunkedEncryptionVectorsTest {
    static List<Json> vectors() {
        return Json.wycheproof("c2sp_chunked_encryption_aes_256_gcm_test.json");
    }

    static List<Json> valid() {
        return vectors().stream().filter(v -> v.text("result").equals("valid")).toList();
    }

    static List<Json> invalid() {
        return vectors().stream()
                .filter(v ->
                        v.text("result").equals("invalid") && !v.text("flags").contains("InvalidKeySize"))
                .toList();
    }

    @Test
    void theFileIsWhole() {
        assertThat(vectors()).hasSize(35);
        assertThat(valid()).isNotEmpty();
        assertThat(invalid()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidMessageOpensAsAStream(Json vector) throws Exception {
        try (InputStream opened = ChunkedEncryption.decrypting(
                new ByteArrayInputStream(sealed(vector)), key(vector), vector.hex("ctx"))) {
            assertIsMessage(vector, opened.readAllBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidMessageOpensByteByByte(Json vector) throws Exception {
        try (InputStream opened = ChunkedEncryption.decrypting(
                new ByteArrayInputStream(sealed(vector)), key(vector), vector.hex("ctx"))) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int b = opened.read(); b >= 0; b = opened.read()) {
                message.write(b);
            }
            assertIsMessage(vector, message.toByteArray());
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidMessageOpensInOnePiece(Json vector) throws Exception {
        assertIsMessage(vector, ChunkedEncryption.open(key(vector), vector.hex("ctx"), sealed(vector)));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidMessageOpensAtEveryPosition(Json vector) throws Exception {
        byte[] message = ChunkedEncryption.open(key(vector), vector.hex("ctx"), sealed(vector));
        int[] borders = {
            0, 1, 7, 16_383, 16_384, 16_385, 32_768, 4_194_303, message.length - 1, message.length, message.length + 9
        };

        for (int from : borders) {
            for (int length : new int[] {0, 1, 16_384, 16_385, 40_000, message.length}) {
                if (from >= 0) {
                    int start = Math.min(from, message.length);
                    byte[] expected =
                            Arrays.copyOfRange(message, start, (int) Math.min(message.length, (long) start + length));
                    assertThat(range(vector, from, length)).isEqualTo(expected);
                }
            }
        }
        assertIsMessage(vector, range(vector, 0, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidMessageCanBeSealedAgain(Json vector) throws Exception {
        byte[] message = ChunkedEncryption.open(key(vector), vector.hex("ctx"), sealed(vector));
        byte[] salt = Arrays.copyOf(sealed(vector), ChunkCipher.SALT_BYTES);
        ChunkCipher chunks = ChunkCipher.encrypting(key(vector), salt, vector.hex("ctx"));

        ByteArrayOutputStream again = new ByteArrayOutputStream();
        again.writeBytes(salt);
        again.writeBytes(chunks.commitment());
        try (EncryptingStream stream = new EncryptingStream(again, chunks)) {
            stream.write(message);
        }

        assertThat(again.toByteArray()).isEqualTo(sealed(vector));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidMessageIsRefusedAsAStreamAndStaysRefused(Json vector) throws Exception {
        ByteArrayOutputStream released = new ByteArrayOutputStream();
        assertThatIOException().isThrownBy(() -> {
            InputStream opened = ChunkedEncryption.decrypting(
                    new ByteArrayInputStream(sealed(vector)), key(vector), vector.hex("ctx"));
            try {
                opened.transferTo(released);
            } finally {
                assertThatIOException().isThrownBy(opened::read);
                assertThatIOException().isThrownBy(() -> opened.read(new byte[20_000]));
            }
        });

        if (vector.has("msgLength")) {
            assertThat(released.size()).isLessThanOrEqualTo(vector.number("msgLength"));
            assertIsMessage(vector, released.toByteArray());
        } else {
            assertThat(released.size()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidMessageIsRefusedInOnePieceAndAsAWholeRange(Json vector) {
        assertThatThrownBy(() -> ChunkedEncryption.open(key(vector), vector.hex("ctx"), sealed(vector)))
                .isInstanceOf(TamperedContentException.class);
        assertThatThrownBy(() -> range(vector, 0, Long.MAX_VALUE)).isInstanceOf(TamperedContentException.class);
        assertThatThrownBy(() -> range(vector, 0, sealed(vector).length)).isInstanceOf(TamperedContentException.class);
    }

    /** Reading behind the end means trusting the length, so the last chunk has to be genuine. */
    @ParameterizedTest
    @MethodSource("invalid")
    void theEndOfAnInvalidMessageIsNotBelieved(Json vector) throws IOException {
        if (vector.text("flags").contains("ValidFinalChunk")) {
            assertThat(range(vector, Long.MAX_VALUE, 1)).isEmpty();
        } else {
            assertThatThrownBy(() -> range(vector, Long.MAX_VALUE, 1)).isInstanceOf(TamperedContentException.class);
        }
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        List<Json> wrongSizes = vectors().stream()
                .filter(v -> v.text("flags").contains("InvalidKeySize"))
                .toList();
        for (Json vector : wrongSizes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ChunkedEncryption.open(key(vector), vector.hex("ctx"), sealed(vector)));
        }
        assertThat(wrongSizes.size() + valid().size() + invalid().size()).isEqualTo(35);
    }

    private static byte[] range(Json vector, long from, long length) throws IOException {
        try (InputStream opened = ChunkedEncryption.decryptingRange(
                new BytesSource(sealed(vector)), key(vector), vector.hex("ctx"), from, length)) {
            return opened.readAllBytes();
        }
    }

    private static SecretBytes key(Json vector) {
        return SecretBytes.copyOf(vector.hex("key"));
    }

    private static byte[] sealed(Json vector) throws IOException {
        return new InflaterInputStream(new ByteArrayInputStream(vector.hex("ct"))).readAllBytes();
    }

    private static void assertIsMessage(Json vector, byte[] message) throws Exception {
        assertThat(message).hasSize(vector.number("msgLength"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(message)))
                .isEqualTo(vector.text("msgSha512"));
    }
}
