package org.sosia.crypto.delivery;

/** Of what kind a person's key is. */
public enum PersonKeySuite {
    /** X25519: small and fast, not post-quantum. */
    X25519,
    /** RSA-3072 and ML-KEM-768 together: what is sealed stays closed as long as one of the two does. */
    RSA_3072_WITH_ML_KEM_768
}
