package org.sosia.keys;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;

/**
 * A hospital's certificate authorities but the present one: who will take its place, and whose place it took.
 *
 * <p><b>Life.</b> At rest, nobody is about to take its place. {@link #expecting} one, what it signs is accepted already. {@link #succeeded}, it is
 * the present one, and what the one before signed is still accepted, until all is {@link #settled}.
 *
 * <p><b>Shape.</b> docs/SEALS.md, Secrets, {@code authorities}.
 */
final class Certification implements SecretMaterial {

    private final @Nullable CertificateAuthority next;
    private final boolean changing;
    private final List<FormerAuthority> former;

    private Certification(@Nullable CertificateAuthority next, boolean changing, List<FormerAuthority> former) {
        this.next = next;
        this.changing = changing;
        this.former = List.copyOf(former);
    }

    /** Of a hospital that never had another authority. */
    static Certification first() {
        return new Certification(null, false, List.of());
    }

    Optional<CertificateAuthority> next() {
        return Optional.ofNullable(next);
    }

    /** Whether what the authority before the present one certified is still accepted for new signatures. */
    boolean isChanging() {
        return changing;
    }

    /** The newest first. */
    List<FormerAuthority> former() {
        return former;
    }

    Certification expecting(CertificateAuthority another) {
        return new Certification(another, changing, former);
    }

    Certification succeeded(FormerAuthority last) {
        List<FormerAuthority> more = new ArrayList<>(former);
        more.add(0, last);
        return new Certification(null, true, more);
    }

    Certification settled() {
        return new Certification(next, false, former);
    }

    /** Under which new signatures are accepted. */
    Authorities signing(X509Certificate present) {
        List<X509Certificate> all = new ArrayList<>();
        if (next != null) {
            all.add(next.certificate());
        }
        all.add(present);
        if (changing) {
            all.add(former.get(0).certificate());
        }
        return Authorities.of(all);
    }

    /** Under which something that was signed earlier verifies. */
    Authorities all(X509Certificate present) {
        Authorities signing = signing(present);
        return former.isEmpty()
                ? signing
                : signing.and(Authorities.of(
                        former.stream().map(FormerAuthority::certificate).toList()));
    }

    SecretBytes encode() {
        Base64.Encoder text = Base64.getEncoder();
        JsonArrayBuilder earlier = Json.createArrayBuilder();
        for (FormerAuthority each : former) {
            earlier.add(Json.createObjectBuilder()
                    .add(
                            "certificate",
                            text.encodeToString(
                                    Authorities.of(each.certificate()).encode()))
                    .add("until", each.until().toString())
                    .add("signature", text.encodeToString(each.signature())));
        }
        JsonObjectBuilder fields =
                Json.createObjectBuilder().add("changing", changing).add("former", earlier);
        if (next != null) {
            byte[] exposed = next.encode().exposeSecretBytes();
            fields.add("next", text.encodeToString(exposed));
            Arrays.fill(exposed, (byte) 0);
        }
        return SecretBytes.copyOf(fields.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    static Certification decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] text = encoded.exposeSecretBytes();
        try (JsonReader reader = Json.createReader(new StringReader(new String(text, StandardCharsets.UTF_8)))) {
            JsonObject fields = reader.readObject();
            Base64.Decoder bytes = Base64.getDecoder();
            List<FormerAuthority> former = new ArrayList<>();
            for (JsonValue each : fields.getJsonArray("former")) {
                JsonObject one = each.asJsonObject();
                former.add(new FormerAuthority(
                        Authorities.decode(bytes.decode(one.getString("certificate")))
                                .newest(),
                        Instant.parse(one.getString("until")),
                        bytes.decode(one.getString("signature"))));
            }
            CertificateAuthority next = fields.containsKey("next")
                    ? CertificateAuthority.decode(SecretBytes.copyOf(bytes.decode(fields.getString("next"))))
                    : null;
            return new Certification(next, fields.getBoolean("changing"), former);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "Certification[secret]";
    }
}
