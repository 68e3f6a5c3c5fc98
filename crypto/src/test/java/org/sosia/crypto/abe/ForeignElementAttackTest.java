package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import supranational.blst.P1_Affine;
import supranational.blst.P2_Affine;

/**
 * Somebody puts an element that is not in the group where an element of the group belongs, in every place of every encoding, and hopes that it gets raised to a secret
 * exponent: an element of order two then tells whether the exponent is even, and so on for every small factor of the cofactor.
 *
 * <p>Tried are: infinity or one, points of the curve outside the subgroup, and -1 in the target group, which has order two.
 */
class ForeignElementAttackTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");

    private static final List<byte[]> FOREIGN_G1 = List.of(infinity(G1.BYTES), outside(G1.BYTES));
    private static final List<byte[]> FOREIGN_G2 = List.of(infinity(G2.BYTES), outside(G2.BYTES));
    private static final List<byte[]> FOREIGN_GT = List.of(real(BigInteger.ONE), real(minusOne()));

    private interface Decoder {
        Object decode(byte[] encoded) throws GeneralSecurityException;
    }

    private int tried;

    @Test
    void noForeignElementGetsIn() throws Exception {
        RetrievalKey retrievalKey = RetrievalKey.generate();
        RetrievalImage person = retrievalKey.image(PARAMETERS);
        Ceremonies.Outcome quorum = Ceremonies.founding(new Quorum(2, 2));
        AccessPolicy policy = AccessPolicy.parse("role:doctor or a:1");
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, policy, Scalar.random());

        everywhere(PARAMETERS.encode(), PublicParameters::decode, "1:G1 49:GT");
        everywhere(person.encode(), RetrievalImage::decode, "1:G1 49:GT");
        everywhere(retrievalKey.request(PARAMETERS, new byte[0]).encode(), KeyRequest::decode, "1:G1 49:GT");
        byte[] key = AUTHORITY.issue(person, Set.of(DOCTOR)).encode();
        int last = key.length - G1.BYTES;
        everywhere(key, TransformKey::decode, "1:G1 49:G2 " + last + ":G1");
        everywhere(lock.encode(), bytes -> read(bytes, policy), "0:G2 98:G1 146:G2 242:G1 290:G2");
        everywhere(quorum.parameters().encode(), QuorumParameters::decode, "3:GT 579:G1 627:GT 1203:G1");
        everywhere(
                Dealer.founding(1, new Quorum(2, 2)).dealing().encode(), Dealing::decode, "4:GT 580:G1 628:GT 1204:G1");
        byte[] part = quorum.of(1).issue(person, Set.of(DOCTOR)).encode();
        int lastOfPart = part.length - G1.BYTES;
        everywhere(part, PartialTransformKey::decode, "101:G1 149:G2 " + lastOfPart + ":G1");
        byte[] entry = OfflineLock.prepare(PARAMETERS, policy).encode().exposeSecretBytes();
        int lockInEntry = entry.length - lock.encode().length;
        everywhere(
                entry,
                bytes -> OfflineLock.decode(SecretBytes.copyOf(bytes), PARAMETERS),
                lockInEntry + ":G2 " + (lockInEntry + 98) + ":G1 " + (lockInEntry + 146) + ":G2");
        assertThat(tried).isEqualTo(2 * 28);
    }

    private static PolicyLock read(byte[] bytes, AccessPolicy policy) throws MalformedException {
        return PolicyLock.read(new ByteReader(bytes), policy);
    }

    private void everywhere(byte[] encoded, Decoder decoder, String places) throws Exception {
        assertThat(decoder.decode(encoded)).isNotNull();
        for (String place : places.split(" ", -1)) {
            int at = Integer.parseInt(place.substring(0, place.indexOf(':')));
            String group = place.substring(place.indexOf(':') + 1);
            List<byte[]> foreign = group.equals("G1") ? FOREIGN_G1 : group.equals("G2") ? FOREIGN_G2 : FOREIGN_GT;
            for (byte[] element : foreign) {
                byte[] changed = encoded.clone();
                System.arraycopy(element, 0, changed, at, element.length);
                assertThatExceptionOfType(MalformedException.class)
                        .as("%s of %d bytes", place, encoded.length)
                        .isThrownBy(() -> decoder.decode(changed));
                tried++;
            }
        }
    }

    private static byte[] infinity(int bytes) {
        byte[] infinity = new byte[bytes];
        infinity[0] = (byte) 0xc0;
        return infinity;
    }

    /** The first point of the curve that is not in the subgroup. */
    private static byte[] outside(int bytes) {
        List<byte[]> found = new ArrayList<>();
        for (int x = 1; found.isEmpty(); x++) {
            byte[] encoded = new byte[bytes];
            encoded[0] = (byte) 0x80;
            encoded[bytes - 1] = (byte) x;
            try {
                boolean inside =
                        bytes == G1.BYTES ? new P1_Affine(encoded).in_group() : new P2_Affine(encoded).in_group();
                if (!inside) {
                    found.add(encoded);
                }
            } catch (RuntimeException e) {
                assertThat(x)
                        .as("not every number is a coordinate, but soon one is")
                        .isLessThan(100);
            }
        }
        return found.get(0);
    }

    private static BigInteger minusOne() {
        return new BigInteger(
                        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
                        16)
                .subtract(BigInteger.ONE);
    }

    /** An element of the large field that is a number of the small one. */
    private static byte[] real(BigInteger number) {
        byte[] encoded = new byte[Gt.BYTES];
        System.arraycopy(HexFormat.of().parseHex(String.format("%096x", number)), 0, encoded, 0, 48);
        return encoded;
    }
}
