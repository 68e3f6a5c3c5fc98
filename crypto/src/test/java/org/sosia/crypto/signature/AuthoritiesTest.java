package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.testing.StrictReading;

/** A hospital's authorities through time: the list is read in one form only, and a signature is verified under the one that its certificate names. */
class AuthoritiesTest {
    private static final byte[] MESSAGE = {4, 5, 6};

    private final CertificateAuthority newer = CertificateAuthority.generate("General Hospital 2");
    private final CertificateAuthority older = CertificateAuthority.generate("General Hospital 1");
    private final Authorities both = Authorities.of(List.of(newer.certificate(), older.certificate()));

    @Test
    void aSignatureIsThatOfTheAuthorityWhichItsCertificateNames() throws Exception {
        OwnerSignature ofOld = older.issue("olga").sign(MESSAGE);
        OwnerSignature ofNew = newer.issue("olga").sign(MESSAGE);
        assertThat(both.issuerOf(ofOld)).isEqualTo(older.certificate());
        assertThat(both.issuerOf(ofNew)).isEqualTo(newer.certificate());
        ofOld.verify(MESSAGE, "olga", both.issuerOf(ofOld));
    }

    @Test
    void whoIsOfNoneOfThemIsHeldToTheNewestAndRefused() {
        OwnerSignature stranger =
                CertificateAuthority.generate("Elsewhere").issue("olga").sign(MESSAGE);
        assertThat(both.issuerOf(stranger)).isEqualTo(newer.certificate());
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> stranger.verify(MESSAGE, "olga", both.issuerOf(stranger)));
    }

    /** Somebody else's authority that took the name of a former one. */
    @Test
    void aNameAloneVouchesForNobody() {
        OwnerSignature forged = CertificateAuthority.generate("General Hospital 1")
                .issue("olga")
                .sign(MESSAGE);
        assertThat(both.issuerOf(forged)).isEqualTo(older.certificate());
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> forged.verify(MESSAGE, "olga", both.issuerOf(forged)));
    }

    @Test
    void olderOnesAreAddedOnce() {
        CertificateAuthority oldest = CertificateAuthority.generate("General Hospital 0");
        Authorities all =
                both.and(Authorities.of(List.of(older.certificate(), oldest.certificate(), newer.certificate())));
        assertThat(all.newestFirst()).containsExactly(newer.certificate(), older.certificate(), oldest.certificate());
        assertThat(all.newest()).isEqualTo(newer.certificate());
        assertThat(all).hasToString("Authorities[3]");
    }

    @Test
    void aListIsReadInOneFormOnly() throws Exception {
        assertThat(Authorities.decode(both.encode()).newestFirst()).isEqualTo(both.newestFirst());
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(both.encode(), Authorities::decode);
        byte[] one = Authorities.of(newer.certificate()).encode();
        assertThat(one).isEqualTo(newer.certificate().getEncoded());
        StrictReading.assertReadsOnlyTheWhole(one, Authorities::decode);
        for (int count : new int[] {0, 1}) {
            byte[] short1 = new ByteWriter()
                    .u8(1)
                    .u8(count)
                    .fixed(
                            count == 0
                                    ? new byte[0]
                                    : new ByteWriter().sized(one).toByteArray())
                    .toByteArray();
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Authorities.decode(short1));
        }
    }

    @Test
    void thereAreBetweenOneAndTwoHundredFiftyFive() throws Exception {
        List<X509Certificate> most = Collections.nCopies(255, newer.certificate());
        assertThat(Authorities.decode(Authorities.of(most).encode()).newestFirst())
                .hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> Authorities.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authorities.of(Collections.nCopies(256, newer.certificate())));
    }
}
