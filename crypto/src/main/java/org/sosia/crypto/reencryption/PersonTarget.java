package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.secret.SecretBytes;

/**
 * One person, whatever their attributes.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 4a.
 */
public final class PersonTarget implements Target {
    static final int TYPE = 2;

    private final byte[] recipient;
    private final byte[] sealed;

    private PersonTarget(byte[] recipient, byte[] sealed) {
        this.recipient = recipient;
        this.sealed = sealed;
    }

    static PersonTarget seal(Scope scope, PersonPublicKey person, SecretBytes secret) throws GeneralSecurityException {
        byte[] recipient = person.fingerprint();
        return new PersonTarget(recipient, Delivery.seal(person, scope.deliveryContext(TYPE, recipient), secret));
    }

    static PersonTarget read(ByteReader reader) throws GeneralSecurityException {
        return new PersonTarget(reader.fixed(Digests.BYTES), reader.sized(Delivery.MAX_SEALED_SECRET_BYTES));
    }

    @Override
    public byte[] encode() {
        return new ByteWriter().u8(TYPE).fixed(recipient).sized(sealed).toByteArray();
    }

    /**
     * Whose key opens it.
     *
     * @return the key's fingerprint
     */
    public byte[] recipient() {
        return recipient.clone();
    }

    SecretBytes open(Scope scope, PersonKey person) throws GeneralSecurityException {
        return person.openSecret(sealed, scope.deliveryContext(TYPE, recipient));
    }
}
