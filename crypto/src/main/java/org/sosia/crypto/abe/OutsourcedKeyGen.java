package org.sosia.crypto.abe;

import java.util.List;
import java.util.Set;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * Key generation with the work done by two clouds.
 *
 * <p><b>Warning.</b> Both clouds and one person together compute <em>the master key</em>: the clouds' summands give α/z, the person's retrieval key is z. Nothing in this project uses it by
 * default. A key for a hundred attributes takes some ten milliseconds without any cloud; use this only where that is too much <em>and</em> the clouds have different operators whom
 * no person can bribe together. Where both clouds have one operator, never.
 *
 * <p><b>Security.</b> Each cloud alone learns a uniform number. The merged key is tested before it is returned.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Two clouds.
 */
public final class OutsourcedKeyGen implements SecretMaterial {
    private final RetrievalKey retrievalKey;
    private final KeyTask whole;
    private final List<KeyTask> halves;
    private final PublicParameters parameters;

    private OutsourcedKeyGen(
            RetrievalKey retrievalKey, KeyTask whole, List<KeyTask> halves, PublicParameters parameters) {
        this.retrievalKey = retrievalKey;
        this.whole = whole;
        this.halves = halves;
        this.parameters = parameters;
    }

    /**
     * Splits the work; read the warning above first.
     *
     * @param master the authority's secret
     * @param held the attributes vouched for, at most {@value TransformKey#MAX_ATTRIBUTES}
     * @return both tasks
     */
    public static OutsourcedKeyGen betweenCloudsThatNeverCollude(MasterSecretKey master, Set<Attribute> held) {
        if (held.size() > TransformKey.MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("a key holds at most 256 attributes");
        }
        Scalar z = Scalar.random();
        Scalar exponent = master.alpha().divide(z);
        List<KeyTask> halves = exponent.splitInTwo().stream()
                .map(summand -> new KeyTask(summand, held))
                .toList();
        return new OutsourcedKeyGen(
                new RetrievalKey(z), new KeyTask(exponent, held), halves, master.publicParameters());
    }

    /**
     * What one cloud is to do; the other must not see it.
     *
     * @param cloud 1 or 2
     * @return its task
     */
    public KeyTask taskFor(int cloud) {
        return halves.get(cloud - 1);
    }

    /**
     * Puts the halves together.
     *
     * @param first what cloud 1 returned
     * @param second what cloud 2 returned
     * @return the person's keys, tested
     * @throws CheatingCloudException if a half is wrong; it names the cloud
     */
    public UserKeys merge(TransformKey first, TransformKey second) throws CheatingCloudException {
        if (first.attributes().equals(second.attributes())) {
            TransformKey merged = first.multiply(second);
            if (whole.isDoneBy(merged, parameters)) {
                return new UserKeys(merged, retrievalKey);
            }
        }
        throw new CheatingCloudException(halves.get(0).isDoneBy(first, parameters) ? 2 : 1);
    }

    @Override
    public String toString() {
        return "OutsourcedKeyGen[secret]";
    }
}
