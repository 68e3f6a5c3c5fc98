package org.sosia.crypto.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.Dealer;
import org.sosia.crypto.abe.KeyCeremony;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.OfflineLock;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.Quorum;
import org.sosia.crypto.abe.QuorumParameters;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonKeySuite;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.equality.Back;
import org.sosia.crypto.equality.Context;
import org.sosia.crypto.equality.EncryptedWord;
import org.sosia.crypto.equality.Front;
import org.sosia.crypto.equality.TestKey;
import org.sosia.crypto.equality.Trapdoor;
import org.sosia.crypto.equality.VerdictReading;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.Normaliser;
import org.sosia.crypto.nearest.SearchReadings;
import org.sosia.crypto.nearest.Side;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.reencryption.Delegation;
import org.sosia.crypto.reencryption.Delegator;
import org.sosia.crypto.reencryption.Pad;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.crypto.splitting.SplittingStream;
import org.sosia.fuzz.Parser;

/** The parsers that need more than the bytes: a key, parameters, another message. Each with a valid encoding. */
final class Doors {
    private static final byte[] NO_CONTEXT = {};

    private final Map<Parser, byte[]> doors = new LinkedHashMap<>();

    private Doors() throws Exception {
        texts();
        sealed();
        quorum();
        signatures();
        search();
        equality();
        shares();
    }

    static Map<Parser, byte[]> all() {
        return Once.DOORS.doors;
    }

    private static final class Once {
        static final Doors DOORS = made();

        private static Doors made() {
            try {
                return new Doors();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void judges(String name, byte[] valid, Parser.Judging judging) {
        doors.put(Parser.judging(name, judging), valid);
    }

    private void texts() throws Exception {
        add("policy text", "role:doctor or 2 of (a:b, c:d@2, ward:\"3 north\")", AccessPolicy::parse);
        add("attribute text", "clinic/ward:\"3 north\"@2", Attribute::parse);
        add("partial key text", PartialKey.random().revealText(), PartialKey::parse);
        add("seat key text", SeatKey.random().revealText(), SeatKey::parse);
        Normaliser german = new Normaliser(Locale.GERMAN);
        add("words of a text", "Die J18.9 und 718-7 der \u00c4rztin", text -> {
            german.codes(text);
            return german.words(text);
        });
    }

    private void add(String name, String valid, Parser.TextReading reading) {
        doors.put(Parser.ofText(name, reading), valid.getBytes(StandardCharsets.UTF_8));
    }

    private void sealed() throws Exception {
        SecretBytes key = SecretBytes.random(32);
        byte[] content = new byte[40_000];
        byte[] message = ChunkedEncryption.seal(key, NO_CONTEXT, content);
        judges("sealed message", message, bytes -> ChunkedEncryption.open(key, NO_CONTEXT, bytes));
        judges("sealed stream", message, bytes -> {
            try (InputStream opened = ChunkedEncryption.decrypting(new ByteArrayInputStream(bytes), key, NO_CONTEXT)) {
                opened.transferTo(OutputStream.nullOutputStream());
            }
        });
        judges("sealed range", message, bytes -> {
            try (InputStream opened =
                    ChunkedEncryption.decryptingRange(source(bytes), key, NO_CONTEXT, 20_000, 15_000)) {
                opened.transferTo(OutputStream.nullOutputStream());
            }
        });
        SeatKey seat = SeatKey.random();
        judges(
                "what a seat key sealed",
                seat.seal(NO_CONTEXT, key),
                bytes -> seat.open(NO_CONTEXT, bytes).close());
        for (PersonKeySuite suite : PersonKeySuite.values()) {
            PersonKey person = PersonKey.generate(suite);
            judges(
                    "delivery to " + suite,
                    Delivery.seal(person.publicPart(), NO_CONTEXT, key),
                    bytes -> person.open(bytes, NO_CONTEXT));
        }
    }

    private void quorum() throws Exception {
        MasterSecretKey master = MasterSecretKey.generate();
        PublicParameters parameters = master.publicParameters();
        Dealer dealer = Dealer.converting(master, new Quorum(2, 3));
        KeyCeremony ceremony = KeyCeremony.converting(parameters, dealer.dealing());
        QuorumParameters quorum = ceremony.parameters();
        doors.put(
                new Parser(
                        "AuthorityShare",
                        bytes -> AuthorityShare.decode(SecretBytes.copyOf(bytes), quorum)
                                .encode()
                                .exposeSecretBytes()),
                ceremony.receive(1, List.of(dealer.shareFor(1))).encode().exposeSecretBytes());
        doors.put(
                new Parser(
                        "OfflineLock",
                        bytes -> OfflineLock.decode(SecretBytes.copyOf(bytes), parameters)
                                .encode()
                                .exposeSecretBytes()),
                OfflineLock.prepare(parameters, AccessPolicy.parse("a:b and (c:d or e:f)"))
                        .encode()
                        .exposeSecretBytes());
    }

    private void signatures() throws Exception {
        CertificateAuthority ca = CertificateAuthority.generate("General Hospital");
        OwnerSigningKey olga = ca.issue("olga");
        byte[] message = {1, 2, 3};
        judges(
                "signature with its certificate",
                olga.sign(message).encode(),
                bytes -> OwnerSignature.decode(bytes).verify(message, "olga", ca.certificate()));

        char[] password = "password of the file".toCharArray();
        ChannelKeys channel = ChannelKeys.make().get(Party.SERVER_A);
        judges("keys of a channel", channel.exposeSecretFile(password), bytes -> ChannelKeys.read(bytes, password));

        PartialKey partialKey = PartialKey.random();
        UUID id = UUID.randomUUID();
        Delegation delegation = new Delegator(CollectionKeys.generate(), 1, olga)
                .toPerson(id, PersonKey.generate().publicPart())
                .delegation();
        judges("pad", Pad.seal(partialKey, id, id, delegation), bytes -> Pad.open(partialKey, id, id, bytes));
    }

    private void search() throws Exception {
        SearchReadings search = new SearchReadings();
        doors.put(new Parser("SealedRow", search::readRow), search.sealedRow());
        for (Side side : Side.values()) {
            judges("token of server " + side, search.tokenOf(side), bytes -> search.readToken(side, bytes));
        }
        judges("supplement of a token", search.supplement(), search::readSupplement);
        judges("search request", search.requestOfB(), search::readRequest);
        judges("frames between servers", search.framesOfA(), search::readFrames);
        judges("search answer", search.answerOfA(), search::readAnswer);
    }

    private void equality() throws Exception {
        CertificateAuthority ca = CertificateAuthority.generate("General Hospital");
        PersonKey user = PersonKey.generate();
        TestKey frontKey = TestKey.from(SecretBytes.random(32));
        TestKey backKey = TestKey.from(SecretBytes.random(32));
        Point servers = frontKey.publicPoint().plus(backKey.publicPoint());
        doors.put(
                new Parser(
                        "point in the long form",
                        bytes -> Point.decodeLong(bytes).encodeLong()),
                servers.encodeLong());
        Keyword word = new Keyword("icd10", "J11");
        UUID group = UUID.randomUUID();
        Trapdoor trapdoor = Trapdoor.create(word, servers, group, ca.issue("grace"), user.publicKey());
        List<Front.Stored> stored = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Context context = new Context(group, "ada", UUID.randomUUID());
            stored.add(new Front.Stored(context.item(), EncryptedWord.encrypt(word, servers, context)));
        }
        Front front = new Front(frontKey, Authorities.of(ca.certificate()), (search, tests) -> true);
        Back back = new Back(backKey, Authorities.of(ca.certificate()), (search, tests) -> true, id -> true);
        judges("batch of the front", front.blind(trapdoor, stored).forBack(), bytes -> back.test(trapdoor, bytes));
        judges("order of the front", new byte[] {0, 2, 0, 0, 0, 1}, new VerdictReading(trapdoor, user)::readOrder);
    }

    private void shares() throws Exception {
        UUID object = UUID.randomUUID();
        List<ByteArrayOutputStream> sinks =
                List.of(new ByteArrayOutputStream(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
        SplittingStream split = Splitting.TWO_OF_THREE.split(object, sinks);
        try (split) {
            split.write(new byte[5_000]);
        }
        SplitReceipt receipt = split.receipt();
        SealedSource other = source(sinks.get(2).toByteArray());
        judges("share", sinks.get(0).toByteArray(), bytes -> {
            List<SealedSource> shares = Arrays.asList(source(bytes), null, other);
            SealedSource merged = Splitting.merge(receipt, shares);
            try (InputStream content = merged.read(0, merged.length())) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            Splitting.rebuild(receipt, shares, 1, OutputStream.nullOutputStream());
        });
        HiddenShare hidden = new HiddenShare(new byte[HiddenShare.LINK_BYTES]);
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        try (OutputStream out = hidden.covering(covered)) {
            out.write(sinks.get(0).toByteArray());
        }
        judges("hidden share", covered.toByteArray(), bytes -> {
            SealedSource merged = Splitting.merge(receipt, Arrays.asList(hidden.uncovered(source(bytes)), null, other));
            merged.read(0, merged.length()).close();
        });
    }

    private static SealedSource source(byte[] bytes) {
        return new SealedSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream read(long from, long length) {
                int start = (int) Math.min(from, bytes.length);
                return new ByteArrayInputStream(bytes, start, (int) Math.min(length, bytes.length - start));
            }
        };
    }
}
