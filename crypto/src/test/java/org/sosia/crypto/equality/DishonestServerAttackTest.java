package org.sosia.crypto.equality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.equality.Front.Stored;
import org.sosia.crypto.equality.ServerKey.Role;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * Somebody goes around what an honest server, sender or user does: shows a key that is made from the other server's, hands in points that are none, takes a
 * proof from one word and puts it to another, shifts a word by a known amount, or answers a question with the answers to another one.
 */
class DishonestServerAttackTest {
    private static final Keyword FLU = new Keyword("icd10", "J11");
    private static final Keyword COUGH = new Keyword("icd10", "R05");
    private static final int C1 = 1;
    private static final int C2 = C1 + Point.LONG_BYTES;
    private static final int PROOF = C2 + Point.LONG_BYTES;

    /** Off the curve, infinity in the one byte that SEC 1 has for it and filled up, a compressed point and a hybrid one, coordinates that are too large. */
    private static final List<String> NO_POINTS = List.of(
            "04" + "00".repeat(64),
            "04" + "00".repeat(63) + "01",
            "00".repeat(65),
            "02" + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" + "00".repeat(32),
            "07"
                    + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
            "04" + "ff".repeat(64));

    private final CertificateAuthority ca = CertificateAuthority.generate("General Hospital");
    private final OwnerSigningKey grace = ca.issue("grace");
    private final PersonKey results = PersonKey.generate();
    private final TestKey frontKey = TestKey.from(SecretBytes.random(32));
    private final TestKey backKey = TestKey.from(SecretBytes.random(32));
    private final Point servers = frontKey.publicPoint().plus(backKey.publicPoint());
    private final Context context = new Context(UUID.randomUUID(), "ada", UUID.randomUUID());
    private final Front front = new Front(frontKey, Authorities.of(ca.certificate()), (search, tests) -> true);
    private final Back back = new Back(backKey, Authorities.of(ca.certificate()), (search, tests) -> true, ids -> true);

    private Stored stored(Keyword word) {
        return new Stored(UUID.randomUUID(), EncryptedWord.encrypt(word, servers, context));
    }

    private Trapdoor trapdoor(Keyword word) throws GeneralSecurityException {
        return Trapdoor.create(word, servers, context.group(), grace, results.publicKey());
    }

    // ---------------------------------------------------------------------------------------------------------- keys

    /** The front waits for the back's point B and shows c·G - B. Under the sum, c·G, it reads alone; so it must prove what it cannot know. */
    @Test
    void aServerThatMakesItsKeyFromTheOthersIsRefused() throws GeneralSecurityException {
        Exponent known = Exponent.random();
        Point rogue = Point.generate(known).minus(backKey.publicPoint());
        Point sum = rogue.plus(backKey.publicPoint());
        EncryptedWord word = EncryptedWord.encrypt(FLU, sum, context);
        EncryptedWord guess = EncryptedWord.encrypt(FLU, sum, context);
        assertThat(word.c2.minus(guess.c2))
                .as("without a proof the attack works")
                .isEqualTo(word.c1.minus(guess.c1).times(known));

        for (ServerKey borrowed : List.of(frontKey.publicKey(Role.FRONT), backKey.publicKey(Role.BACK))) {
            byte[] shown = borrowed.encode();
            System.arraycopy(rogue.encodeLong(), 0, shown, 1, Point.LONG_BYTES);
            assertThatThrownBy(() -> ServerKey.sum(ServerKey.decode(shown), backKey.publicKey(Role.BACK)))
                    .isInstanceOf(MalformedException.class);
        }
    }

    // --------------------------------------------------------------------------------------------------------- points

    @Test
    void whatIsNoPointIsReadNowhere() throws Exception {
        byte[] word = stored(FLU).word().encode();
        byte[] search = trapdoor(FLU).encode();
        int wordInSearch = 1 + 16 + 2 + "grace".length() + 16;
        byte[] key = frontKey.publicKey(Role.FRONT).encode();
        byte[] batch = front.blind(trapdoor(FLU), List.of(stored(FLU))).forBack();
        for (String bad : NO_POINTS) {
            byte[] point = HexFormat.of().parseHex(bad);
            for (int at : new int[] {C1, C2}) {
                assertThatThrownBy(() -> EncryptedWord.decode(with(word, at, point)))
                        .isInstanceOf(MalformedException.class);
                assertThatThrownBy(() -> Trapdoor.decode(with(search, wordInSearch + at, point)))
                        .isInstanceOf(MalformedException.class);
            }
            assertThatThrownBy(() -> ServerKey.decode(with(key, 1, point))).isInstanceOf(MalformedException.class);
            for (int at : new int[] {3 + 16, 3 + 16 + Point.LONG_BYTES}) {
                assertThatThrownBy(() -> back.test(trapdoor(FLU), with(batch, at, point)))
                        .isInstanceOf(MalformedException.class);
            }
        }
    }

    /** C2 at infinity would be a word at a known place; a search that repeats a stored word's C1 blinds nothing. Neither passes. */
    @Test
    void infinityIsNeverSentOrRead() throws Exception {
        Stored word = stored(FLU);
        Stored twin = new Stored(UUID.randomUUID(), word.word());
        byte[] stolen = trapdoor(COUGH).encode();
        int at = 1 + 16 + 2 + "grace".length() + 16;
        System.arraycopy(word.word().encode(), 0, stolen, at, EncryptedWord.ENCODED_BYTES);
        assertThatThrownBy(() -> front.blind(Trapdoor.decode(stolen), List.of(word, twin)))
                .isInstanceOf(GeneralSecurityException.class);

        byte[] infinite = new ByteWriter()
                .u8(1)
                .u16(1)
                .uuid(word.id())
                .fixed(Point.generate(Exponent.random()).encodeLong())
                .u8(0)
                .toByteArray();
        assertThatThrownBy(() -> back.test(trapdoor(FLU), infinite)).isInstanceOf(MalformedException.class);
    }

    // --------------------------------------------------------------------------------------------------------- proofs

    @Test
    void proofsOfTwoWordsCannotBeSwapped() throws GeneralSecurityException {
        byte[] one = stored(FLU).word().encode();
        byte[] other = stored(COUGH).word().encode();
        assertThat(EncryptedWord.decode(one).isProven(context)).isTrue();

        byte[] swapped = with(one, PROOF, Arrays.copyOfRange(other, PROOF, other.length));
        assertThat(EncryptedWord.decode(swapped).isProven(context)).isFalse();
        for (int at : new int[] {C1, C2}) {
            byte[] mixed = with(one, at, Arrays.copyOfRange(other, at, at + Point.LONG_BYTES));
            assertThat(EncryptedWord.decode(mixed).isProven(context)).isFalse();
        }
    }

    /** C2 + (W' - W) is the encryption of W' if it was one of W; encrypting again by adding (s·G, s·(A + B)) makes a copy that looks fresh. */
    @Test
    void aShiftedOrFreshenedWordIsNotProven() throws GeneralSecurityException {
        EncryptedWord word = stored(FLU).word();
        EncryptedWord zero = EncryptedWord.encrypt(FLU, servers, context);
        Point shift = Point.generate(Exponent.random());
        byte[] shifted = with(word.encode(), C2, word.c2.plus(shift).encodeLong());
        assertThat(EncryptedWord.decode(shifted).isProven(context)).isFalse();

        Exponent again = Exponent.random();
        byte[] fresh =
                with(word.encode(), C1, word.c1.plus(Point.generate(again)).encodeLong());
        byte[] freshened = with(fresh, C2, word.c2.plus(servers.times(again)).encodeLong());
        EncryptedWord copy = EncryptedWord.decode(freshened);
        assertThat(copy.c2.minus(zero.c2))
                .as("it is a copy of the word")
                .isEqualTo(copy.c1.minus(zero.c1).times(frontKey.secret.plus(backKey.secret)));
        assertThat(copy.isProven(context)).isFalse();
    }

    // -------------------------------------------------------------------------------------------------------- answers

    @Test
    void answersToAnotherSearchAreNotRead() throws Exception {
        List<Stored> words = List.of(stored(FLU), stored(COUGH));
        List<UUID> ids = words.stream().map(Stored::id).toList();
        Trapdoor first = trapdoor(FLU);
        Trapdoor second = trapdoor(COUGH);
        var one = front.blind(first, words);
        var two = front.blind(second, words);
        byte[] outcomes = back.test(first, one.forBack());
        byte[] others = back.test(second, two.forBack());

        assertThat(Verdict.read(first, results, ids, one.forUser(), outcomes)).isEqualTo(Set.of(ids.get(0)));
        assertThatThrownBy(() -> Verdict.read(first, results, ids, one.forUser(), others))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> Verdict.read(first, results, ids, two.forUser(), outcomes))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> Verdict.read(first, PersonKey.generate(), ids, one.forUser(), outcomes))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> Verdict.read(first, results, List.of(ids.get(0)), one.forUser(), outcomes))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void theBackTestsNoWordTwice() throws Exception {
        Stored word = stored(FLU);
        List<Stored> twice = new ArrayList<>(List.of(word, word));
        Trapdoor search = trapdoor(FLU);
        byte[] batch = front.blind(search, twice).forBack();
        assertThatThrownBy(() -> back.test(search, batch)).isInstanceOf(MalformedException.class);
    }

    private static byte[] with(byte[] encoded, int at, byte[] part) {
        byte[] changed = encoded.clone();
        System.arraycopy(part, 0, changed, at, part.length);
        return changed;
    }
}
