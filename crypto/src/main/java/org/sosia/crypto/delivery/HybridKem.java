package org.sosia.crypto.delivery;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.sosia.crypto.encoding.MalformedException;

/** The two primitives of the hybrid suite, each on its own: RSA-OAEP (RFC 8017) from the platform, ML-KEM-768 (FIPS 203) through Bouncy Castle's classes. */
final class HybridKem {
    static final int SHARED_BYTES = 32;
    static final int ML_KEM_SEED_BYTES = 64;
    static final int ML_KEM_PUBLIC_BYTES = 1_184;
    static final int ML_KEM_CIPHERTEXT_BYTES = 1_088;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private HybridKem() {}

    static byte[] rsaEncrypt(PublicKey key, byte[] shared) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, OAEP);
        return cipher.doFinal(shared);
    }

    static byte[] rsaDecrypt(PrivateKey key, byte[] ciphertext) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, OAEP);
        return cipher.doFinal(ciphertext);
    }

    static MLKEMPrivateKeyParameters mlKemPrivateKey(byte[] seed) {
        return new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
    }

    /** FIPS 203, section 7.2: length and reduced coefficients. */
    static MLKEMPublicKeyParameters mlKemPublicKey(byte[] encoded) throws MalformedException {
        try {
            MLKEMPublicKeyParameters key = new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, encoded);
            if (Arrays.equals(key.getEncoded(), encoded)) {
                return key;
            }
        } catch (RuntimeException e) {
            throw new MalformedException("this is no ML-KEM-768 key");
        }
        throw new MalformedException("this is no ML-KEM-768 key");
    }

    static SecretWithEncapsulation mlKemEncapsulate(MLKEMPublicKeyParameters key) {
        return new MLKEMGenerator(RANDOM).generateEncapsulated(key);
    }

    static byte[] mlKemDecapsulate(MLKEMPrivateKeyParameters key, byte[] ciphertext) throws MalformedException {
        if (ciphertext.length != ML_KEM_CIPHERTEXT_BYTES) {
            throw new MalformedException("this is no ML-KEM-768 ciphertext");
        }
        return new MLKEMExtractor(key).extractSecret(ciphertext);
    }
}
