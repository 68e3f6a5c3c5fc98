package org.sosia.lane;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;
import org.sosia.keys.Keyring;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.Computed;

/**
 * A cloud as one that signs what it did. The certificate it showed first is remembered, sealed, at a place that it cannot write to
 * unnoticed, and it is held to that one from then on.
 */
final class Witness {

    private final String name;
    private final Cloud cloud;
    private final Supplier<Keyring> memory;
    private final String memoryName;
    private volatile @Nullable X509Certificate certificate;

    /**
     * @param name what the security desk calls the cloud
     * @param memory who remembers the certificate, under this name
     */
    Witness(String name, Cloud cloud, Supplier<Keyring> memory, String memoryName) {
        this.name = name;
        this.cloud = cloud;
        this.memory = memory;
        this.memoryName = memoryName;
    }

    String name() {
        return name;
    }

    /** The certificate that this cloud showed first. */
    X509Certificate certificate() throws GeneralSecurityException {
        X509Certificate known = certificate;
        if (known == null) {
            byte[] first = memory.get().remembered(memoryName, cloud::operatorCertificate);
            known = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(first));
            certificate = known;
        }
        return known;
    }

    /**
     * Requires that this cloud signed what it answered.
     *
     * @throws GeneralSecurityException if it did not
     */
    void require(Work work, byte[] header, Computed answer) throws GeneralSecurityException {
        Statement.decode(answer.statement()).require(certificate(), work, header, answer.result());
    }
}
