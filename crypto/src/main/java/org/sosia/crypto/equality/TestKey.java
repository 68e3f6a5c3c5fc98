package org.sosia.crypto.equality;

import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** One server's key pair: the front's, or the back's. Senders and users need the sum of both public points. */
public final class TestKey implements SecretMaterial {
    private static final String LABEL = "sosia/v1/equality/server-key";

    final Exponent secret;
    private final Point publicPoint;

    private TestKey(Exponent secret) {
        this.secret = secret;
        publicPoint = Point.generate(secret);
    }

    /**
     * The key that follows from a secret of the server.
     *
     * @param master 32 uniform bytes that the other server does not have
     * @return the key
     */
    public static TestKey from(SecretBytes master) {
        try (SecretBytes secret = master.derive(LABEL)) {
            return new TestKey(Exponent.from(secret));
        }
    }

    /**
     * The public half.
     *
     * @return a point
     */
    public Point publicPoint() {
        return publicPoint;
    }

    /**
     * The public half with a proof that this server knows the secret one: what senders and users are shown.
     *
     * @param role in which the server acts with this key
     * @return the proven point
     */
    public ServerKey publicKey(ServerKey.Role role) {
        return ServerKey.of(this, role);
    }

    @Override
    public String toString() {
        return "TestKey[secret]";
    }
}
