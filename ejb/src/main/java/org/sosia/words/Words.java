package org.sosia.words;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.crypto.keywords.KeywordIndex.Posting;
import org.sosia.crypto.keywords.Normaliser;
import org.sosia.crypto.keywords.NotGrantedException;
import org.sosia.lane.Hospital;
import org.sosia.persistence.Outcome;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Task;
import org.sosia.refusal.InvalidValueException;

/**
 * Keeps the index of words in step with the records of a hospital: by orders that are committed with what makes them necessary, carried out at
 * once where possible, by {@link WordsTimer} otherwise. Carried out twice, an order does what it does once.
 *
 * <p><b>Life of a word.</b> Drawn while the record arrives; sealed in the order; noted, sealed, beside the record, so that it can be taken
 * back; then added to the owner's index. When the record is deleted, what was noted is taken back and forgotten.
 */
@ApplicationScoped
public class Words {

    /** The most words that can be looked for at once. */
    public static final int MOST_SOUGHT = Terms.MOST;

    /** The longest word that can be looked for, in characters. */
    public static final int LONGEST_SOUGHT = Terms.LONGEST;

    private static final Logger LOG = Logger.getLogger(Words.class.getName());
    private static final String ORDER = "task";
    private static final String GIST = "gist";

    /** A head start for the request that gives an order: it carries it out itself, if it can. */
    private static final Duration HEAD_START = Duration.ofSeconds(5);

    /** More is left until somebody searches for it again. */
    private static final int MOST_TO_TIDY = 256;

    /** What orders there are. Neutral words: the store's operator reads them. */
    private enum Kind {
        LEAF,
        DROP_LEAF;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A word of an owner that takes more entries than it has to say. */
    private record Worn(String realm, String owner, Keyword word) {}

    @Inject
    Sessions sessions;

    @Inject
    @ConfigProperty(name = "sosia.locale", defaultValue = "en-GB")
    String locale;

    Clock clock = Clock.systemUTC();

    private final Map<Worn, Boolean> worn = new ConcurrentHashMap<>();

    /** How this hospital writes words: whoever looks for one must write it the same way. */
    public Normaliser normaliser() {
        return new Normaliser(Locale.forLanguageTag(locale));
    }

    /**
     * What somebody typed, as the words that an index has.
     *
     * @param typed words and codes; a code can name its system, as in {@code icd10:J18.9}
     * @throws InvalidValueException if there are none, too many, too long ones, or a code that is none; its field is {@code keywords}
     */
    public Set<Keyword> sought(List<String> typed) throws InvalidValueException {
        return Terms.of(normaliser(), typed).words();
    }

    /**
     * What somebody typed, as words to be found by.
     *
     * @param typed as for {@link #sought}; a code that names its system counts twice, as it is found without the name too
     * @throws InvalidValueException as {@link #sought} does
     */
    public Set<Keyword> offered(List<String> typed) throws InvalidValueException {
        return Terms.offered(normaliser(), typed).words();
    }

    /** Whether a word is indexed at all. */
    public static boolean isSearchable(Keyword word) {
        return Found.isSearchable(word);
    }

    /**
     * An order to index a record.
     *
     * @param typed the words its owner typed
     * @param content the beginning of its content
     */
    public Task toIndex(
            Hospital hospital, UUID record, String owner, String mediaType, List<String> typed, Gathering content) {
        Set<Keyword> words = Extraction.words(normaliser(), mediaType, typed, content);
        return order(hospital, Kind.LEAF, new Sheet(record, owner, words));
    }

    /** An order to take back what the index says about a record that is being deleted. */
    public Task toForget(Hospital hospital, UUID record, String owner) {
        return order(hospital, Kind.DROP_LEAF, Sheet.about(record, owner));
    }

    private Task order(Hospital hospital, Kind kind, Sheet sheet) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        byte[] sealed = hospital.keys().sealFields(ORDER, id, 1, sheet.fields());
        return new Task(id, kind.word(), now, now.plus(HEAD_START), 0, sealed);
    }

    /**
     * Carries out an order that was just committed.
     *
     * @return whether it is done; if not, it waits and nothing is lost
     */
    public boolean now(Hospital hospital, Task order) {
        Kind kind = kind(order.kind());
        Outcome[] outcome = {Outcome.RETRY};
        try {
            hospital.store().withTask(order.id(), task -> {
                outcome[0] = carryOut(hospital, kind, task);
                return outcome[0];
            });
        } catch (RuntimeException unreachable) {
            LOG.log(Level.INFO, "order {0} waits: a store does not answer", order.id());
        }
        return outcome[0] == Outcome.DONE;
    }

    /** Works off what is due in a hospital, as long as it may go on. */
    void workOff(Hospital hospital, BooleanSupplier goOn) {
        for (Kind kind : Kind.values()) {
            boolean more = true;
            while (more && goOn.getAsBoolean()) {
                more = hospital.store().withNextTask(kind.word(), task -> carryOut(hospital, kind, task));
            }
        }
        tidy(hospital, goOn);
    }

    private static Kind kind(String word) {
        return Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private Outcome carryOut(Hospital hospital, Kind kind, Task task) {
        try {
            Sheet sheet = Sheet.of(hospital.keys().openFields(ORDER, task.id(), 1, task.sealed()));
            switch (kind) {
                case LEAF -> index(hospital, sheet);
                case DROP_LEAF -> forget(hospital, sheet);
            }
            return Outcome.DONE;
        } catch (RuntimeException | NotGrantedException failed) {
            LOG.log(Level.INFO, "an order waits: {0}", failed.getClass().getSimpleName());
            LOG.log(Level.FINE, "why it waits", failed);
            return Outcome.RETRY;
        } catch (GeneralSecurityException tampered) {
            LOG.log(Level.SEVERE, "an order cannot be carried out: keys or order do not open", tampered);
            return Outcome.RETRY;
        }
    }

    /** First it is noted, then it is said: what was said can always be taken back. */
    private void index(Hospital hospital, Sheet sheet) throws GeneralSecurityException, NotGrantedException {
        if (sheet.words().isEmpty() || isGone(hospital, sheet.record())) {
            return;
        }
        hospital.store().keepGist(sheet.record(), hospital.keys().sealFields(GIST, sheet.record(), 1, sheet.fields()));
        say(hospital, sheet, true);
        if (isGone(hospital, sheet.record())) {
            // Deleted meanwhile: perhaps after its other order had looked what was noted.
            forget(hospital, sheet);
        }
    }

    private static boolean isGone(Hospital hospital, UUID record) {
        Optional<SealedRecord> row = hospital.store().recordInAnyState(record);
        return row.isEmpty() || row.get().state() == RecordState.DELETED;
    }

    private void forget(Hospital hospital, Sheet about) throws GeneralSecurityException, NotGrantedException {
        Optional<byte[]> noted = hospital.store().gist(about.record());
        if (noted.isEmpty()) {
            return;
        }
        JsonObject fields = hospital.keys().openFields(GIST, about.record(), 1, noted.get());
        say(hospital, Sheet.of(fields), false);
        hospital.store().dropGist(about.record());
    }

    private void say(Hospital hospital, Sheet sheet, boolean added)
            throws GeneralSecurityException, NotGrantedException {
        sessions.of(hospital, sheet.owner(), sheet.owner())
                .apply(List.of(new Posting(sheet.record(), added, sheet.words())));
    }

    // ------------------------------------------------------------------------------------------------------- tidying

    /** Remembers words that a search found to be worn: more dead entries than live ones, or gaps. They are tidied up later. */
    public void worn(Hospital hospital, String owner, Set<Keyword> words) {
        for (Keyword word : words) {
            if (worn.size() < MOST_TO_TIDY) {
                worn.put(new Worn(hospital.realm(), owner, word), true);
            }
        }
    }

    private void tidy(Hospital hospital, BooleanSupplier goOn) {
        for (Worn each : List.copyOf(worn.keySet())) {
            if (goOn.getAsBoolean() && each.realm().equals(hospital.realm()) && worn.remove(each) != null) {
                tidy(sessions.of(hospital, each.owner(), each.owner()), each.word());
            }
        }
    }

    private static void tidy(KeywordIndex index, Keyword word) {
        try {
            int filled = index.fill(word);
            boolean compacted = index.compact(word);
            LOG.log(Level.FINE, "a word was tidied up: {0} gaps, compacted {1}", new Object[] {filled, compacted});
        } catch (RuntimeException | NotGrantedException | GeneralSecurityException later) {
            LOG.log(
                    Level.INFO,
                    "a word is tidied up when it is searched again: {0}",
                    later.getClass().getSimpleName());
        }
    }
}
