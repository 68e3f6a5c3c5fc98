package org.sosia.crypto.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.crypto.bls.BLS12_381G2HashToCurve;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.testing.Json;
import supranational.blst.P2;
import supranational.blst.P2_Affine;

/** Published vectors of the groups: hashing, signatures as a use of decoding and pairing, and encodings that must be refused. */
@Tag("both-engines")
class GroupVectorsTest {
    private static final BigInteger FIELD = GtEncoding.FIELD;

    @Test
    void expandingMessagesFollowsRfc9380() {
        Json file = Json.resource("hash-to-curve/expand_message_xmd_SHA256_256.json");
        assertThat(file.get("tests").list()).isNotEmpty();
        for (Json test : file.get("tests").list()) {
            byte[] expanded = ExpandMessage.xmdSha256(
                    test.text("msg").getBytes(StandardCharsets.UTF_8),
                    file.text("DST"),
                    Integer.decode(test.text("len_in_bytes")));
            assertThat(HexFormat.of().formatHex(expanded)).isEqualTo(test.text("uniform_bytes"));
        }
    }

    @Test
    void hashingToG2FollowsRfc9380() throws Exception {
        Json file = Json.resource("hash-to-curve/BLS12381G2_XMD-SHA-256_SSWU_RO_.json");
        assertThat(file.get("vectors").list()).hasSize(5);
        for (Json vector : file.get("vectors").list()) {
            byte[] expected = HexFormat.of()
                    .parseHex(imaginaryFirst(vector.get("P").text("x"))
                            + imaginaryFirst(vector.get("P").text("y")));
            G2 hash = hashToG2(vector.text("msg").getBytes(StandardCharsets.UTF_8), file.text("dst"));
            assertThat(hash.encode()).isEqualTo(new P2_Affine(expected).compress());
        }
    }

    private static String imaginaryFirst(String pair) {
        String[] parts = pair.split(",", -1);
        return parts[1].substring(2) + parts[0].substring(2);
    }

    @Test
    void hashingToG2FollowsWycheproof() throws Exception {
        int seen = 0;
        for (Json group : Json.resource("wycheproof/bls_hash_to_g2_test.json")
                .get("testGroups")
                .list()) {
            for (Json test : group.get("tests").list()) {
                assertThat(hashToG2(test.hex("msg"), group.text("dst")).encode())
                        .isEqualTo(test.hex("expected"));
                seen++;
            }
        }
        assertThat(seen).isEqualTo(34);
    }

    /** Both libraries hash to the same point, which then passes our decoder. */
    private static G2 hashToG2(byte[] message, String domain) throws MalformedException {
        byte[] hash = new P2().hash_to(message, domain).compress();
        assertThat(BLS12_381Serialization.compressG2(
                        new BLS12_381G2HashToCurve(domain.getBytes(StandardCharsets.US_ASCII)).hashToCurve(message)))
                .isEqualTo(hash);
        return G2.decode(hash);
    }

    /** BLS signatures, of which the decoders and the pairing are the parts that can be wrong. */
    @Test
    void signaturesAreJudgedAsWycheproofJudgesThem() throws Exception {
        int seen = 0;
        for (Json group : Json.resource("wycheproof/bls_sig_g2_basic_verify_test.json")
                .get("testGroups")
                .list()) {
            for (Json test : group.get("tests").list()) {
                assertThat(verifies(
                                group.get("publicKey").hex("pk"),
                                test.hex("msg"),
                                test.hex("sig"),
                                group.text("ciphersuite")))
                        .as("%d %s", test.number("tcId"), test.text("comment"))
                        .isEqualTo(test.text("result").equals("valid"));
                seen++;
            }
        }
        assertThat(seen).isEqualTo(88);
    }

    private static boolean verifies(byte[] key, byte[] message, byte[] signature, String suite) {
        try {
            G1 signer = G1.decode(key);
            G2 signed = G2.decode(signature);
            G2 hash = G2.decode(new P2().hash_to(message, suite).compress());
            return new PairingProduct()
                    .times(signer, hash)
                    .times(G1.GENERATOR.inverse(), signed)
                    .isOne();
        } catch (MalformedException e) {
            return false;
        }
    }

    /**
     * The cases by which clients of Ethereum test point decoding (ethereum/bls12-381-tests, formats deserialization_G1 and _G2, CC0), rebuilt here from their
     * names; we refuse infinity as well.
     */
    @Test
    void badEncodingsOfPointsAreRefused() {
        for (int length : new int[] {G1.BYTES, G2.BYTES}) {
            byte[] right = length == G1.BYTES ? G1.GENERATOR.encode() : G2.GENERATOR.encode();
            Map<String, byte[]> cases = new LinkedHashMap<>();
            cases.put("infinity", with(new byte[length], 0, 0xc0));
            cases.put("infinity_with_true_b_flag", with(new byte[length], 0, 0xe0));
            cases.put("infinity_with_nonzero_x", with(with(new byte[length], 0, 0xc0), length - 1, 1));
            cases.put("infinity_without_c_flag", with(new byte[length], 0, 0x40));
            cases.put("zeros", new byte[length]);
            cases.put("flags_000", with(right, 0, right[0] & 0x1f));
            cases.put("flags_001", with(right, 0, (right[0] & 0x1f) | 0x20));
            cases.put("flags_010", with(right, 0, (right[0] & 0x1f) | 0x40));
            cases.put("flags_011", with(right, 0, (right[0] & 0x1f) | 0x60));
            cases.put("flags_110", with(right, 0, (right[0] & 0x1f) | 0xc0));
            cases.put("flags_111", with(right, 0, (right[0] & 0x1f) | 0xe0));
            cases.put("x_equal_to_modulus", withFirstCoordinate(length, FIELD));
            cases.put("x_greater_than_modulus", withFirstCoordinate(length, FIELD.add(BigInteger.ONE)));
            cases.put(
                    "x_of_all_ones",
                    withFirstCoordinate(length, BigInteger.ONE.shiftLeft(381).subtract(BigInteger.ONE)));
            cases.put("too_few_bytes", Arrays.copyOf(right, length - 1));
            cases.put("too_many_bytes", Arrays.copyOf(right, length + 1));
            cases.put("nothing", new byte[0]);
            cases.put("uncompressed_length", Arrays.copyOf(right, 2 * length));
            if (length == G2.BYTES) {
                byte[] second = right.clone();
                byte[] modulus = fixed(FIELD);
                System.arraycopy(modulus, 0, second, 48, 48);
                cases.put("xim_fine_xre_equal_to_modulus", second);
            }
            cases.forEach((name, encoded) -> assertThat(decodes(encoded, length))
                    .as("%s, %d bytes", name, length)
                    .isFalse());
            assertThat(decodes(right, length)).isTrue();
            assertThat(decodes(with(right, 0, right[0] ^ 0x20), length))
                    .as("the inverse point")
                    .isTrue();
        }
    }

    private static byte[] withFirstCoordinate(int length, BigInteger x) {
        byte[] encoded = Arrays.copyOf(fixed(x), length);
        encoded[0] |= (byte) 0x80;
        return encoded;
    }

    private static byte[] fixed(BigInteger x) {
        return HexFormat.of().parseHex(String.format("%096x", x));
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static boolean decodes(byte[] encoded, int length) {
        try {
            return (length == G1.BYTES
                                    ? G1.decode(encoded).encode()
                                    : G2.decode(encoded).encode())
                            .length
                    == length;
        } catch (MalformedException e) {
            return false;
        }
    }
}
