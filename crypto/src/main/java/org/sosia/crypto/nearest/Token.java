package org.sosia.crypto.nearest;

import java.util.UUID;
import org.sosia.crypto.secret.SecretMaterial;

/** A minted token in its three parts, each for one party only; whoever delivers them sees to that. */
public final class Token implements SecretMaterial {
    private final UserToken user;
    private final byte[] a;
    private final byte[] b;

    Token(UserToken user, byte[] a, byte[] b) {
        this.user = user;
        this.a = a;
        this.b = b;
    }

    /**
     * Which token this is.
     *
     * @return its id
     */
    public UUID id() {
        return user.id();
    }

    /**
     * The user's part.
     *
     * @return the mask of one query
     */
    public UserToken forUser() {
        return user;
    }

    /**
     * A server's part, which waits in its {@link TokenStore}.
     *
     * @param side which server
     * @return the encoded part, a secret of that server
     */
    public byte[] exposeSecretBytesFor(Side side) {
        return (side == Side.A ? a : b).clone();
    }

    @Override
    public String toString() {
        return "Token[secret]";
    }
}
