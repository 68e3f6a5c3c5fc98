package org.sosia.crypto.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.rsa.Rsa3072;

/**
 * Two signatures of one message, both of which must be right: RSASSA-PSS (RFC 8017) from the platform and ML-DSA-65 (FIPS 204) through Bouncy Castle's classes.
 *
 * <p>A secret is an ML-DSA seed followed by an RSA key in PKCS #8; a public key is an RSA modulus, whose exponent is 65537, followed by an ML-DSA key; a signature is that
 * of RSA followed by that of ML-DSA.
 */
final class HybridSignature {
    static final int ML_DSA_SEED_BYTES = 32;
    static final int ML_DSA_PUBLIC_BYTES = 1_952;
    static final int ML_DSA_SIGNATURE_BYTES = 3_309;
    static final int SIGNATURE_BYTES = Rsa3072.BYTES + ML_DSA_SIGNATURE_BYTES;
    static final int PUBLIC_KEY_BYTES = Rsa3072.BYTES + ML_DSA_PUBLIC_BYTES;
    static final int MAX_CERTIFICATE_BYTES = 8_192;
    static final int MAX_SECRET_BYTES = ML_DSA_SEED_BYTES + 2_048;

    static final AlgorithmIdentifier ML_DSA = new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_65);
    static final AlgorithmIdentifier RSA_KEY =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    static final AlgorithmIdentifier RSA_PSS = rsaPss();

    private static final int SALT_BYTES = 32;
    private static final PSSParameterSpec PSS = new PSSParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, PSSParameterSpec.TRAILER_FIELD_BC);
    private static final byte[] LABEL = "sosia/v2/hybrid-signature".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private HybridSignature() {}

    private static AlgorithmIdentifier rsaPss() {
        AlgorithmIdentifier hash = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        hash,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
                        new ASN1Integer(SALT_BYTES),
                        RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
    }

    static byte[] generate() {
        byte[] seed = new byte[ML_DSA_SEED_BYTES];
        RANDOM.nextBytes(seed);
        return new ByteWriter()
                .fixed(seed)
                .fixed(Rsa3072.generate().getEncoded())
                .toByteArray();
    }

    static byte[] publicKey(byte[] secret) throws GeneralSecurityException {
        return new ByteWriter()
                .fixed(Rsa3072.modulus(rsaKey(secret)))
                .fixed(mlDsaKey(secret).getPublicKey())
                .toByteArray();
    }

    private static RSAPrivateCrtKey rsaKey(byte[] secret) throws GeneralSecurityException {
        return Rsa3072.secretKey(Arrays.copyOfRange(secret, ML_DSA_SEED_BYTES, secret.length));
    }

    private static MLDSAPrivateKeyParameters mlDsaKey(byte[] secret) {
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, Arrays.copyOf(secret, ML_DSA_SEED_BYTES));
    }

    static byte[] sign(byte[] secret, byte[] message) throws GeneralSecurityException {
        byte[] labelled = labelled(message);
        return new ByteWriter()
                .fixed(signRsa(secret, labelled))
                .fixed(signMlDsa(secret, labelled))
                .toByteArray();
    }

    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) throws GeneralSecurityException {
        if (publicKey.length != PUBLIC_KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        ByteReader parts = new ByteReader(signature);
        byte[] labelled = labelled(message);
        return verifyRsa(publicKey, labelled, parts.fixed(Rsa3072.BYTES))
                && verifyMlDsa(publicKey, labelled, parts.fixed(ML_DSA_SIGNATURE_BYTES));
    }

    /** So that neither half is a signature of anything outside this suite. */
    private static byte[] labelled(byte[] message) {
        return new ByteWriter().sized(LABEL).fixed(message).toByteArray();
    }

    static byte[] signRsa(byte[] secret, byte[] message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(PSS);
        signer.initSign(rsaKey(secret), RANDOM);
        signer.update(message);
        return signer.sign();
    }

    static byte[] signMlDsa(byte[] secret, byte[] message) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, new ParametersWithRandom(mlDsaKey(secret), RANDOM));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("ML-DSA refused to sign", e);
        }
    }

    /** False for everything that is not a signature of this message by this key. */
    static boolean verifyRsa(byte[] publicKey, byte[] message, byte[] signature) throws GeneralSecurityException {
        if (signature.length != Rsa3072.BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(PSS);
            verifier.initVerify(Rsa3072.publicKey(Arrays.copyOf(publicKey, Rsa3072.BYTES)));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | MalformedException e) {
            return false;
        }
    }

    /** False for everything that is not a signature of this message by this key. */
    static boolean verifyMlDsa(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY_BYTES || signature.length != ML_DSA_SIGNATURE_BYTES) {
            return false;
        }
        MLDSASigner verifier = new MLDSASigner();
        verifier.init(
                false,
                new MLDSAPublicKeyParameters(
                        MLDSAParameters.ml_dsa_65, Arrays.copyOfRange(publicKey, Rsa3072.BYTES, PUBLIC_KEY_BYTES)));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
