package org.sosia.crypto.rsa;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;

/**
 * RSA keys (RFC 8017) of 3,072 bits with the exponent 65537: the half of both hybrid suites that is as old as it is well understood.
 * A secret key is written in PKCS #8, as the platform writes it; a public key is its modulus, 384 bytes, most significant first.
 */
public final class Rsa3072 {
    /** Size of a modulus in bits. */
    public static final int BITS = 3_072;

    /** Size of a modulus, of a signature and of a ciphertext, in bytes. */
    public static final int BYTES = BITS / Byte.SIZE;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String WRONG = "this is no RSA key of 3072 bits";

    private Rsa3072() {}

    /** A fresh secret key. */
    public static RSAPrivateCrtKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(BITS, RSAKeyGenParameterSpec.F4), RANDOM);
            return (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /**
     * Reads a secret key.
     *
     * @param pkcs8 the key, in the very bytes in which {@link #generate} gave it
     * @throws MalformedException if it has another size or exponent, or is written in another way
     * @throws GeneralSecurityException if it is no key at all
     */
    public static RSAPrivateCrtKey secretKey(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        if (!(key instanceof RSAPrivateCrtKey rsa)
                || rsa.getModulus().bitLength() != BITS
                || !rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4)
                || !Arrays.equals(rsa.getEncoded(), pkcs8)) {
            throw new MalformedException(WRONG);
        }
        return rsa;
    }

    /**
     * Reads a public key.
     *
     * @param modulus 384 bytes
     * @throws MalformedException if it is shorter or longer, even, or not of 3,072 bits
     */
    public static PublicKey publicKey(byte[] modulus) throws GeneralSecurityException {
        BigInteger number = new BigInteger(1, modulus);
        if (modulus.length != BYTES || number.bitLength() != BITS || !number.testBit(0)) {
            throw new MalformedException(WRONG);
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number, RSAKeyGenParameterSpec.F4));
    }

    /** The modulus of a key that was generated or read here, 384 bytes. */
    public static byte[] modulus(RSAPrivateCrtKey key) {
        byte[] signed = key.getModulus().toByteArray();
        return Arrays.copyOfRange(signed, signed.length - BYTES, signed.length);
    }
}
