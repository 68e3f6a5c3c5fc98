package org.sosia.emergency;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.reencryption.Coordination;
import org.sosia.crypto.reencryption.Delegation;
import org.sosia.crypto.reencryption.IssuedEmergencyKey;
import org.sosia.identity.Credentials;
import org.sosia.keys.Keyring;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.persistence.PersonState;

/**
 * The trustees of one hospital and what leads from an owner's collection to them. Trustee is whom the key authority vouches for with
 * {@code emergency:trustee}; who they are is fixed in a re-key when it is made, so another circle means another re-key.
 */
final class Circle {
    static final Attribute TRUSTEE = Attribute.of("emergency", "trustee");

    /** As many as a re-key can lead to. */
    private static final int MOST = 16;

    private static final int PAGE = 200;
    private static final int MAX_COORDINATION_BYTES = 1 << 14;

    private final Hospital hospital;
    private final int threshold;
    private final List<RegisteredPerson> trustees;

    private Circle(Hospital hospital, int threshold, List<RegisteredPerson> trustees) {
        this.hospital = hospital;
        this.threshold = threshold;
        this.trustees = trustees;
    }

    static Circle of(Hospital hospital, int threshold) throws GeneralSecurityException {
        List<RegisteredPerson> found = new ArrayList<>();
        @Nullable String after = null;
        List<RegisteredPerson> page;
        do {
            page = hospital.persons().list(after, PAGE);
            for (RegisteredPerson person : page) {
                after = person.subject();
                if (isTrustee(person) && found.size() < MOST) {
                    found.add(person);
                }
            }
        } while (page.size() == PAGE);
        found.sort(Comparator.comparing(RegisteredPerson::subject));
        return new Circle(hospital, threshold, found);
    }

    static boolean isTrustee(RegisteredPerson person) {
        return person.state() == PersonState.APPROVED
                && person.attributes().contains(TRUSTEE)
                && person.personKey().isPresent();
    }

    boolean suffices(String requester) {
        return threshold >= 2
                && trustees.stream()
                                .filter(one -> !one.subject().equals(requester))
                                .count()
                        >= threshold;
    }

    boolean includes(String subject) {
        return trustees.stream().anyMatch(one -> one.subject().equals(subject));
    }

    /**
     * What leads from one collection to a circle.
     *
     * @param name by which it is kept
     */
    record Way(String name, UUID reKey, Delegation delegation, Coordination coordination) {

        static Way kept(Keyring keys, String name) throws GeneralSecurityException {
            return orMade(keys, name, () -> {
                throw new UnissuedException(new GeneralSecurityException("a way that was answered on is not kept"));
            });
        }

        private static Way orMade(Keyring keys, String name, Supplier<byte[]> issued) throws GeneralSecurityException {
            try {
                ByteReader reader = new ByteReader(keys.made(name, issued));
                UUID reKey = reader.uuid();
                Coordination coordination = Coordination.decode(reader.sized(MAX_COORDINATION_BYTES));
                Delegation delegation = Delegation.decode(reader.fixed(reader.u32()));
                reader.end();
                return new Way(name, reKey, delegation, coordination);
            } catch (UnissuedException failed) {
                throw new GeneralSecurityException(failed);
            }
        }
    }

    /** The way from a record's collection and epoch; the re-key is made and given to the cloud when this circle is first needed for it. */
    Way from(Header record, Credentials who) throws GeneralSecurityException {
        return Way.orMade(hospital.keys(), name(record), () -> issued(record, who));
    }

    private String name(Header record) {
        ByteWriter circle =
                new ByteWriter().u8(threshold).fixed(record.ownerKey().encode());
        for (PersonPublicKey key : publicKeys()) {
            circle.fixed(key.fingerprint());
        }
        String digest = HexFormat.of().formatHex(Digests.sha256(circle.toByteArray()));
        return "circle-" + hospital.keys().handle("circle", record.owner() + "\n" + digest);
    }

    private byte[] issued(Header record, Credentials who) {
        String owner = record.owner();
        try {
            UUID id = UUID.randomUUID();
            IssuedEmergencyKey issued =
                    hospital.keys().delegator(owner, record).toTrustees(id, threshold, publicKeys());
            hospital.pleas()
                    .keepReKey(id, issued.reKey().encode(), hospital.event(who, "ENTRUST", id, Map.of("owner", owner)));
            byte[] delegation = issued.delegation().encode();
            return new ByteWriter()
                    .uuid(id)
                    .sized(issued.coordination().encode())
                    .u32(delegation.length)
                    .fixed(delegation)
                    .toByteArray();
        } catch (GeneralSecurityException unfit) {
            throw new UnissuedException(unfit);
        }
    }

    private List<PersonPublicKey> publicKeys() {
        return trustees.stream()
                .map(one -> one.personKey().orElseThrow().publicPart())
                .toList();
    }

    @Override
    public String toString() {
        return "Circle" + Arrays.asList(threshold, trustees.size());
    }

    /** Carries a refusal of the library through a supplier. */
    private static final class UnissuedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        UnissuedException(Throwable cause) {
            super(cause);
        }
    }
}
