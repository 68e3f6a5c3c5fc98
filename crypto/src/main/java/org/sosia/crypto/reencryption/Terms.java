package org.sosia.crypto.reencryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * What both halves of a re-key have in common, and the owner's signature on it: the scope, U = Z^(z_B), and the digests of the half that each holder lacks.
 */
final class Terms {
    private static final byte[] SIGNATURE_LABEL = "sosia/v1/re-key-signature".getBytes(StandardCharsets.US_ASCII);

    private final Scope scope;
    private final Gt blinded;
    private final byte[] conversionDigest;
    private final byte[] targetDigest;
    private final OwnerSignature signature;

    private Terms(Scope scope, Gt blinded, byte[] conversionDigest, byte[] targetDigest, OwnerSignature signature) {
        this.scope = scope;
        this.blinded = blinded;
        this.conversionDigest = conversionDigest;
        this.targetDigest = targetDigest;
        this.signature = signature;
    }

    static IssuedReKey issue(Scope scope, Target target, G2 conversion, Gt blinded, OwnerSigningKey signer) {
        byte[] conversionDigest = Digests.sha256(conversion.encode());
        byte[] targetDigest = target.digest();
        byte[] message = message(scope, blinded, conversionDigest, targetDigest);
        Terms terms = new Terms(scope, blinded, conversionDigest, targetDigest, signer.sign(message));
        return new IssuedReKey(new ReKey(terms, conversion), new Delegation(terms, target));
    }

    private static byte[] message(Scope scope, Gt blinded, byte[] conversionDigest, byte[] targetDigest) {
        ByteWriter writer = new ByteWriter().sized(SIGNATURE_LABEL);
        write(writer, scope, blinded, conversionDigest, targetDigest);
        return writer.toByteArray();
    }

    private static void write(
            ByteWriter writer, Scope scope, Gt blinded, byte[] conversionDigest, byte[] targetDigest) {
        scope.write(writer);
        writer.fixed(blinded.encode()).fixed(conversionDigest).fixed(targetDigest);
    }

    static Terms read(ByteReader reader) throws GeneralSecurityException {
        return new Terms(
                Scope.read(reader),
                Gt.decode(reader.fixed(Gt.BYTES)),
                reader.fixed(Digests.BYTES),
                reader.fixed(Digests.BYTES),
                OwnerSignature.decode(reader.sized(OwnerSignature.MAX_ENCODED_BYTES)));
    }

    void write(ByteWriter writer) {
        write(writer, scope, blinded, conversionDigest, targetDigest);
        writer.sized(signature.encode());
    }

    /** Requires the owner's signature; which half belongs to it, each half asks for itself. */
    void verify(Authorities authorities) throws GeneralSecurityException {
        signature.verify(
                message(scope, blinded, conversionDigest, targetDigest),
                scope.owner(),
                authorities.issuerOf(signature));
    }

    boolean isConversion(G2 conversion) {
        return Arrays.equals(conversionDigest, Digests.sha256(conversion.encode()));
    }

    boolean isTarget(Target target) {
        return Arrays.equals(targetDigest, target.digest());
    }

    Scope scope() {
        return scope;
    }

    /** U = Z^(z_B) = e(PK_o, RK). */
    Gt blinded() {
        return blinded;
    }

    byte[] targetDigest() {
        return targetDigest.clone();
    }
}
