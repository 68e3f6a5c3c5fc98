package org.sosia.emergency;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.reencryption.Coordination;
import org.sosia.crypto.reencryption.Delegation;
import org.sosia.crypto.reencryption.Delegator;
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
    private static final int EPOCH = 0;
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

    private static boolean isTrustee(RegisteredPerson person) {
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

    /** The subject of the trustee of that number, from 1. */
    String subject(int number) {
        return number >= 1 && number <= trustees.size()
                ? trustees.get(number - 1).subject()
                : "";
    }

    /** What leads from one collection to this circle. */
    record Way(UUID reKey, Delegation delegation, Coordination coordination) {}

    /** The way from a record's collection and epoch; the re-key is made and given to the cloud when this circle is first needed for it. */
    Way from(Header record, Credentials who) throws GeneralSecurityException {
        Keyring keys = hospital.keys();
        String owner = record.owner();
        CollectionKeys collection = keys.collection(owner, record);
        try {
            byte[] kept = keys.made("circle-" + name(keys, owner, collection), () -> issued(owner, collection, who));
            ByteReader reader = new ByteReader(kept);
            UUID reKey = reader.uuid();
            Coordination coordination = Coordination.decode(reader.sized(MAX_COORDINATION_BYTES));
            Delegation delegation = Delegation.decode(reader.fixed(reader.u32()));
            reader.end();
            return new Way(reKey, delegation, coordination);
        } catch (UnissuedException failed) {
            throw new GeneralSecurityException(failed);
        }
    }

    private String name(Keyring keys, String owner, CollectionKeys collection) throws GeneralSecurityException {
        ByteWriter circle =
                new ByteWriter().u8(threshold).fixed(collection.ownerKey().encode());
        for (PersonPublicKey key : publicKeys()) {
            circle.fixed(key.fingerprint());
        }
        String digest = HexFormat.of().formatHex(Digests.sha256(circle.toByteArray()));
        return keys.handle("circle", owner + "\n" + digest);
    }

    private byte[] issued(String owner, CollectionKeys collection, Credentials who) {
        try {
            UUID id = UUID.randomUUID();
            IssuedEmergencyKey issued = new Delegator(
                            collection, EPOCH, hospital.keys().signingKey(owner))
                    .toTrustees(id, threshold, publicKeys());
            hospital.pleas()
                    .keepReKey(id, issued.reKey().encode(), hospital.event(who, "ENTRUST", id, Map.of("owner", owner)));
            byte[] delegation = issued.delegation().encode();
            return new ByteWriter()
                    .uuid(id)
                    .sized(issued.coordination().encode())
                    .fixed(ByteBuffer.allocate(4).putInt(delegation.length).array())
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
