package org.sosia.crypto.channel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One party's private key and certificate, and the authority whose certificates it believes. All parties' keys are made at once; then the
 * authority's key is thrown away, so that nobody can ever issue a fourth certificate. To replace one, make all anew.
 *
 * <p><b>Security.</b> ECDSA over P-256. Certificates do not expire: replacing the files is what ends them. <b>Shape.</b> PKCS #12, one entry
 * {@code self} with the key and one {@code authority} without.
 */
public final class ChannelKeys implements SecretMaterial {

    /** A key, two certificates and what is around them need about 2 KiB. */
    public static final int MOST_FILE_BYTES = 1 << 16;

    private static final String SELF = "self";
    private static final String AUTHORITY = "authority";
    private static final String STORE_TYPE = "PKCS12";
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final X500Principal AUTHORITY_NAME = new X500Principal("CN=sosia-search-authority");

    /** RFC 5280, section 4.1.2.5: no well-defined expiration. */
    private static final Date NO_EXPIRATION = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    /** Clocks of readers may be behind. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    /** RFC 5280, section 4.1.2.2: positive and at most 20 bytes. */
    private static final int SERIAL_BITS = 159;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Party party;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final X509Certificate authority;

    private ChannelKeys(Party party, PrivateKey key, X509Certificate certificate, X509Certificate authority) {
        this.party = party;
        this.key = key;
        this.certificate = certificate;
        this.authority = authority;
    }

    /**
     * Makes the keys of all parties. They trust each other, and nobody else.
     *
     * @return each party's
     */
    public static Map<Party, ChannelKeys> make() {
        try {
            KeyPair issuing = pair();
            X509Certificate authority = certificate(issuing, AUTHORITY_NAME, issuing, true);
            Map<Party, ChannelKeys> all = new EnumMap<>(Party.class);
            for (Party party : Party.values()) {
                KeyPair own = pair();
                X509Certificate certificate = certificate(issuing, party.subject(), own, false);
                all.put(party, new ChannelKeys(party, own.getPrivate(), certificate, authority));
            }
            return all;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair issuer, X500Principal subject, KeyPair of, boolean authority)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var builder = new JcaX509v3CertificateBuilder(
                AUTHORITY_NAME,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
                Date.from(Instant.now().minus(CLOCK_SKEW)),
                NO_EXPIRATION,
                subject,
                of.getPublic());
        builder.addExtension(
                Extension.basicConstraints, true, authority ? new BasicConstraints(0) : new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
        var signer = new JcaContentSignerBuilder(SIGNATURE).build(issuer.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /**
     * Reads what {@link #exposeSecretFile} wrote.
     *
     * @param file its bytes, at most {@value #MOST_FILE_BYTES}
     * @param password of the file
     * @return the keys
     * @throws GeneralSecurityException if it is no such file, or the password another
     */
    public static ChannelKeys read(byte[] file, char[] password) throws GeneralSecurityException {
        if (file.length > MOST_FILE_BYTES) {
            throw new GeneralSecurityException("the file of a channel's keys is too long");
        }
        try {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(new ByteArrayInputStream(file), password);
            if (store.getKey(SELF, password) instanceof PrivateKey key
                    && store.getCertificate(SELF) instanceof X509Certificate certificate
                    && store.getCertificate(AUTHORITY) instanceof X509Certificate authority) {
                certificate.verify(authority.getPublicKey());
                Party party = Party.of(certificate.getSubjectX500Principal())
                        .orElseThrow(() -> new GeneralSecurityException("the certificate names no party"));
                return new ChannelKeys(party, key, certificate, authority);
            }
            throw new GeneralSecurityException("the file holds no key of a channel");
        } catch (IOException unreadable) {
            throw new GeneralSecurityException("the file of a channel's keys, or its password, is another", unreadable);
        }
    }

    /**
     * The party's file: its private key and what it believes.
     *
     * @param password to protect it
     * @return PKCS #12
     */
    public byte[] exposeSecretFile(char[] password) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            KeyStore store = empty();
            store.setKeyEntry(SELF, key, password, new Certificate[] {certificate});
            store.setCertificateEntry(AUTHORITY, authority);
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java writes no PKCS #12", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        store.load(null, null);
        return store;
    }

    /**
     * Whose these are.
     *
     * @return the party
     */
    public Party party() {
        return party;
    }

    /** TLS as this party, which believes this authority's certificates and no others. */
    SSLContext context() {
        try {
            char[] none = new char[0];
            KeyStore own = empty();
            own.setKeyEntry(SELF, key, none, new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, none);
            KeyStore believed = empty();
            believed.setCertificateEntry(AUTHORITY, authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(believed);
            SSLContext context = SSLContext.getInstance(Channel.PROTOCOL);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), RANDOM);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS 1.3", e);
        }
    }

    @Override
    public String toString() {
        return "ChannelKeys[secret]";
    }
}
