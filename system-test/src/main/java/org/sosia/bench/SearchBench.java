package org.sosia.bench;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.equality.Back;
import org.sosia.crypto.equality.Context;
import org.sosia.crypto.equality.EncryptedWord;
import org.sosia.crypto.equality.Front;
import org.sosia.crypto.equality.SearchNotAdmittedException;
import org.sosia.crypto.equality.TestKey;
import org.sosia.crypto.equality.Trapdoor;
import org.sosia.crypto.keywords.CounterServer;
import org.sosia.crypto.keywords.EntryServer;
import org.sosia.crypto.keywords.KeyHalves;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.crypto.keywords.KeywordIndex.Posting;
import org.sosia.crypto.keywords.NotGrantedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;

/**
 * {@code ./sosia bench search}: the keyword index over the two PostgreSQL servers, one connection each, and the equality test across organisations. A keyword's time is the whole
 * search of a session that knows the word's key; {@code keyword.first} includes the oblivious function.
 */
final class SearchBench {
    private static final int WORDS_EACH = 16;
    private static final int VOCABULARY = 900;
    private static final int RECORDS_AT_ONCE = 250;
    private static final int[] RESULTS = {10, 100, 500};
    private static final int SEARCHES = 201;
    private static final int TESTS = 500;

    private final Figures figures;
    private final SplittableRandom random = new SplittableRandom(1_000_000);
    private final UUID owner = UUID.randomUUID();
    private final KeyHalves keysA = new KeyHalves(SecretBytes.random(32));
    private final KeyHalves keysB = new KeyHalves(SecretBytes.random(32));

    SearchBench(Figures figures) {
        this.figures = figures;
    }

    void run(Connection a, Connection b, int entries)
            throws SQLException, GeneralSecurityException, NotGrantedException, SearchNotAdmittedException {
        equality();
        var stored = new SqlEntries(a);
        var counters = new SqlCounters(b);
        var index = session(stored, counters);
        insert(index, entries / WORDS_EACH);
        figures.add("keyword.bytes-per-entry", stored.bytesPerEntry(), "bytes");
        for (int results : RESULTS) {
            search(index, results);
        }
        double[] first = new double[41];
        for (int i = 0; i < first.length; i++) {
            var fresh = session(stored, counters);
            first[i] = search(fresh, special(RESULTS[0]), RESULTS[0]);
        }
        figures.addTimes("keyword.first", first, "ms");
        stored.drop();
        counters.drop();
    }

    private KeywordIndex session(SqlEntries entries, SqlCounters counters) {
        return new KeywordIndex(
                new EntryServer(keysA, entries, (whose, caller, right) -> true, owner, 1, "bench"),
                new CounterServer(keysB, counters, (whose, caller, right) -> true, owner, 1, "bench"));
    }

    private static Keyword special(int results) {
        return new Keyword("special", Integer.toString(results));
    }

    private void insert(KeywordIndex index, int records) throws GeneralSecurityException, NotGrantedException {
        var warmUp = postings(0, RECORDS_AT_ONCE);
        index.apply(warmUp);
        long started = System.nanoTime();
        for (int from = RECORDS_AT_ONCE; from < records; from += RECORDS_AT_ONCE) {
            index.apply(postings(from, Math.min(records, from + RECORDS_AT_ONCE)));
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        figures.add("keyword.insert", (records - RECORDS_AT_ONCE) * (double) WORDS_EACH / seconds, "entries/s");
    }

    /** Every record has exactly as many words as nothing is padded for. */
    private List<Posting> postings(int from, int to) {
        List<Posting> postings = new ArrayList<>();
        for (int record = from; record < to; record++) {
            Set<Keyword> words = new HashSet<>();
            for (int results : RESULTS) {
                if (record < results) {
                    words.add(special(results));
                }
            }
            while (words.size() < WORDS_EACH) {
                words.add(new Keyword("text", "word" + random.nextInt(VOCABULARY)));
            }
            postings.add(new Posting(new UUID(0, record), true, words));
        }
        return postings;
    }

    private void search(KeywordIndex index, int results) throws GeneralSecurityException, NotGrantedException {
        double[] millis = new double[SEARCHES];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = search(index, special(results), results);
        }
        figures.addTimes("keyword." + results, millis, "ms");
    }

    private static double search(KeywordIndex index, Keyword word, int results)
            throws GeneralSecurityException, NotGrantedException {
        long started = System.nanoTime();
        var found = index.any(Set.of(word));
        double millis = (System.nanoTime() - started) / 1e6;
        if (found.records().size() != results || found.missing() > 0) {
            throw new IllegalStateException("a search found something else than was put in");
        }
        return millis;
    }

    /** Front and back one after the other on one thread. */
    private void equality() throws GeneralSecurityException, SearchNotAdmittedException {
        var ca = CertificateAuthority.generate("bench");
        var user = ca.issue("bench");
        var results = PersonKey.generate();
        TestKey frontKey = TestKey.from(SecretBytes.random(32));
        TestKey backKey = TestKey.from(SecretBytes.random(32));
        Point servers = frontKey.publicPoint().plus(backKey.publicPoint());
        var front = new Front(frontKey, Authorities.of(ca.certificate()), (search, tests) -> true);
        var back = new Back(backKey, Authorities.of(ca.certificate()), (search, tests) -> true, id -> true);
        List<Front.Stored> stored = new ArrayList<>();
        for (int i = 0; i < TESTS; i++) {
            var context = new Context(owner, "bench", UUID.randomUUID());
            var word = new Keyword("text", "word" + i);
            stored.add(new Front.Stored(context.item(), EncryptedWord.encrypt(word, servers, context)));
        }
        double[] perSecond = new double[7];
        for (int i = 0; i < perSecond.length; i++) {
            Trapdoor trapdoor =
                    Trapdoor.create(new Keyword("text", "word7"), servers, owner, user, results.publicKey());
            long started = System.nanoTime();
            var blinded = front.blind(trapdoor, stored);
            back.test(trapdoor, blinded.forBack());
            perSecond[i] = TESTS / ((System.nanoTime() - started) / 1e9);
        }
        Arrays.sort(perSecond);
        figures.add("dspeks", perSecond[perSecond.length / 2], "tests/s");
    }
}
