package org.sosia.keys;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sosia.crypto.abe.Dealer;
import org.sosia.crypto.abe.KeyCeremony;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.Quorum;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** What a store keeps of a hospital's keys in a form of its own. */
class KeyParsersTest extends FuzzedParsers {

    @Override
    public List<Parser> parsers() throws GeneralSecurityException {
        MasterSecretKey master = MasterSecretKey.generate();
        KeyCeremony ceremony = KeyCeremony.converting(
                master.publicParameters(),
                Dealer.converting(master, new Quorum(2, 3)).dealing());
        List<Council.Seat> seats = List.of(
                new Council.Seat(1, "ada", new byte[40]),
                new Council.Seat(2, "bo", new byte[40]),
                new Council.Seat(3, "cy", new byte[40]));
        NextMaster next = NextMaster.generate();
        return List.of(
                new Parser(
                        "council",
                        bytes -> Council.decode(bytes).encode(),
                        new Council(ceremony.parameters(), 1, Instant.ofEpochSecond(1_800_000_000), seats).encode()),
                new Parser(
                        "next master key",
                        KeyParsersTest::again,
                        next.encode().exposeSecretBytes(),
                        next.leading().encode().exposeSecretBytes()));
    }

    private static byte[] again(byte[] bytes) throws GeneralSecurityException {
        Optional<NextMaster> next = NextMaster.decode(SecretBytes.copyOf(bytes));
        return next.isPresent() ? next.get().encode().exposeSecretBytes() : new byte[0];
    }
}
