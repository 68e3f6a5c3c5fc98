package org.sosia.lane;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.identity.Credentials;
import org.sosia.keys.Keyring;
import org.sosia.keys.Persons;
import org.sosia.persistence.AuditEntry;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.CountKeeper;
import org.sosia.persistence.EntryKeeper;
import org.sosia.persistence.GrantKeeper;
import org.sosia.persistence.KeptCounters;
import org.sosia.persistence.KeptEntries;
import org.sosia.persistence.Mediator;
import org.sosia.persistence.Pleas;
import org.sosia.persistence.WordReader;
import org.sosia.records.Copies;
import org.sosia.records.Shelves;

/**
 * One of the two hospitals: a store, who keeps its grants, who mediates its openings, its keys and its people. Services do the
 * same with either and cannot tell, from what they hold, that there is another.
 */
public final class Hospital {

    private static final String ENTRY = "entry";
    private static final UUID NO_OBJECT = new UUID(0, 0);

    private final Lane lane;
    private final Cloud store;
    private final Cloud pieces;
    private final GrantKeeper grants;
    private final Mediator mediator;
    private final Pleas pleas;
    private final EntryKeeper entries;
    private final CountKeeper counts;
    private final Searches searches;
    private final Testers testers;
    private final String realm;
    private final Keyring keys;
    private final Witness keeper;
    private final Witness mediates;
    private final Persons persons;
    private final Optional<Path> folder;
    private final Clock clock;

    Hospital(
            Lane lane,
            Cloud store,
            Cloud pieces,
            GrantKeeper grants,
            Mediator mediator,
            Pleas pleas,
            EntryKeeper entries,
            CountKeeper counts,
            Searches searches,
            Testers testers,
            String realm,
            Keyring keys,
            Witness keeper,
            Witness mediates,
            Optional<Path> folder,
            Clock clock) {
        this.lane = lane;
        this.store = store;
        this.pieces = pieces;
        this.grants = grants;
        this.mediator = mediator;
        this.pleas = pleas;
        this.entries = entries;
        this.counts = counts;
        this.searches = searches;
        this.testers = testers;
        this.realm = realm;
        this.keys = keys;
        this.keeper = keeper;
        this.mediates = mediates;
        this.folder = folder;
        this.clock = clock;
        this.persons = new Persons(store, mediator, realm, keys);
    }

    /** Which one this is. For logs, and for what is done for the real one only; never for what a caller is shown. */
    public Lane lane() {
        return lane;
    }

    public Cloud store() {
        return store;
    }

    /** Where its records lie, those that are split over two clouds included. */
    public Shelves shelves() {
        return new Shelves(store, pieces, keys);
    }

    /** The recovery copies of its records. */
    public Copies copies() {
        return new Copies(shelves(), folder, clock);
    }

    public GrantKeeper grants() {
        return grants;
    }

    public Mediator mediator() {
        return mediator;
    }

    /** Who re-encrypts for trustees while somebody pleads for it. */
    public Pleas pleas() {
        return pleas;
    }

    /**
     * A session with the index of the words in one owner's records.
     *
     * @param caller in whose name: both clouds look at their own rows whether she may
     */
    public KeywordIndex words(String owner, String caller) {
        WordReader who = new WordReader(realm, owner, caller);
        return new KeywordIndex(new KeptEntries(entries, who), new KeptCounters(counts, who));
    }

    /** The two clouds that search this hospital's galleries together. */
    public Searches searches() {
        return searches;
    }

    /** The two clouds that compare the words of this hospital's referrals with searched ones. */
    public Testers testers() {
        return testers;
    }

    /** The name under which the mediator keeps this hospital's transform keys. */
    public String realm() {
        return realm;
    }

    /** The cloud that keeps the grants, as one that signs what it did. */
    Witness keeper() {
        return keeper;
    }

    /** The cloud that mediates, as one that signs what it did. */
    Witness mediates() {
        return mediates;
    }

    /** Tells both clouds under which certificates owners sign now, and signed before, so that they refuse what is forged. */
    public void introduceAuthorities() throws GeneralSecurityException {
        byte[] all = keys.authorities().encode();
        store.keepFormerCertificates(all);
        store.keepCertificate(keys.signingAuthorities().encode());
        mediator.keepCertificate(realm, all);
    }

    /** The keys with which the cloud that keeps the grants signs, and signed, what it did. */
    public OperatorHistory keeperKeys() throws GeneralSecurityException {
        return keeper.history();
    }

    /** The keys with which the mediating cloud signs, and signed, what it did. */
    public OperatorHistory mediatorKeys() throws GeneralSecurityException {
        return mediates.history();
    }

    /**
     * Has the cloud that keeps the grants take a new key to sign with. What the old one signed verifies as before.
     *
     * @throws GeneralSecurityException if it shows another history of its keys than it did before
     */
    public void renewKeeper() throws GeneralSecurityException {
        keeper.renew();
    }

    /**
     * Has the mediating cloud take a new key to sign with. What the old one signed verifies as before.
     *
     * @throws GeneralSecurityException if it shows another history of its keys than it did before
     */
    public void renewMediator() throws GeneralSecurityException {
        mediates.renew();
    }

    public Keyring keys() {
        return keys;
    }

    public Persons persons() {
        return persons;
    }

    /**
     * Something to be written to this hospital's audit chain. Who did it, what, and to what stand in clear; from where and the
     * details are sealed.
     *
     * @param action a fixed upper-case word, such as {@code UNWRAP}
     * @param object what it was done to, if it has an id
     * @param details further facts: ids and codes, never content
     */
    public AuditEvent event(Credentials who, String action, @Nullable UUID object, Map<String, String> details) {
        var fields = Json.createObjectBuilder()
                .add("source", who.source())
                .add("client", who.client())
                .add("session", keys.handle("session", who.session()));
        details.forEach(fields::add);
        UUID place = object == null ? NO_OBJECT : object;
        return new AuditEvent(who.subject(), action, object, keys.sealFields(ENTRY, place, 1, fields.build()));
    }

    /** What {@link #event} sealed into an entry of this hospital's chain; empty for an entry without details. */
    public Map<String, String> details(AuditEntry entry) throws GeneralSecurityException {
        Map<String, String> details = new LinkedHashMap<>();
        if (entry.sealed().length > 0) {
            UUID object = entry.object();
            JsonObject fields = keys.openFields(ENTRY, object == null ? NO_OBJECT : object, 1, entry.sealed());
            fields.forEach((name, value) -> details.put(name, ((JsonString) value).getString()));
        }
        return details;
    }

    @Override
    public String toString() {
        return "Hospital[" + realm + "]";
    }
}
