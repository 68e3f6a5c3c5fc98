package org.sosia.crypto.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.BlindedRetrievalKey;
import org.sosia.crypto.abe.KeyCeremony;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.OutsourcedKeyGen;
import org.sosia.crypto.abe.OutsourcedLock;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.Quorum;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonKeySuite;
import org.sosia.crypto.envelope.CollectionKeyring;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.IssuedGrant;
import org.sosia.crypto.envelope.Sealing;
import org.sosia.crypto.equality.Context;
import org.sosia.crypto.equality.EncryptedWord;
import org.sosia.crypto.equality.ServerKey;
import org.sosia.crypto.equality.TestKey;
import org.sosia.crypto.equality.Trapdoor;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.nearest.Change;
import org.sosia.crypto.nearest.Dealer;
import org.sosia.crypto.nearest.Plan;
import org.sosia.crypto.nearest.SealedRow;
import org.sosia.crypto.nearest.Server;
import org.sosia.crypto.nearest.Shape;
import org.sosia.crypto.nearest.Side;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.reencryption.ConversionProof;
import org.sosia.crypto.reencryption.ConvertedLock;
import org.sosia.crypto.reencryption.Delegator;
import org.sosia.crypto.reencryption.IssuedEmergencyKey;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.signature.OperatorKey;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.crypto.splitting.SplittingStream;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;
import org.sosia.fuzz.Parser;

/** One valid encoding for every parser: what fuzzing starts from. */
final class Encodings {
    private final Map<String, byte[]> byParser = new HashMap<>();

    Encodings() {
        try {
            make();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A valid encoding; a parser without one fails its test. */
    byte[] of(Parser parser) {
        byte[] encoding = byParser.get(parser.name());
        if (encoding == null) {
            throw new AssertionError("no valid encoding for " + parser.name() + ": add one to Encodings");
        }
        return encoding.clone();
    }

    private void make() throws Exception {
        CertificateAuthority ca = CertificateAuthority.generate("General Hospital");
        OwnerSigningKey signer = ca.issue("olga");
        MasterSecretKey master = MasterSecretKey.generate();
        CollectionKeys collection = CollectionKeys.generate();
        Attribute doctor = Attribute.of("role", "doctor");
        AccessPolicy policy = AccessPolicy.parse("role:doctor or 2 of (a:b, c:d@2, ward:\"3 north\")");
        UserKeys keys = master.keyGen(Set.of(doctor, Attribute.of("a", "b")));
        IssuedGrant grant = collection.issueGrant();
        Header header;
        try (Sealing sealing =
                Sealing.begin(UUID.randomUUID(), 1, "olga", master.publicParameters(), policy, collection)) {
            try (OutputStream out = sealing.encrypting(OutputStream.nullOutputStream())) {
                out.write(1);
            }
            header = sealing.finish(new byte[32], signer);
        }
        SplittingStream split = Splitting.BOTH.split(
                UUID.randomUUID(), List.of(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
        split.close();

        put("AccessPolicy", policy.canonical());
        put("Attribute", doctor.encode());
        put("MasterSecretKey", master.encode().exposeSecretBytes());
        put("PublicParameters", master.publicParameters().encode());
        put("TransformKey", keys.transformKey().encode());
        put("RetrievalKey", keys.retrievalKey().encode().exposeSecretBytes());
        put("CollectionKeys", collection.encode().exposeSecretBytes());
        put("GrantHalf", grant.half().encode());
        put("ConvertedGrant", grant.half().convert(header).encode());
        put("Header", header.encode());
        put("TransformedSlot", header.transform(keys.transformKey()).encode());
        put("CertificateAuthority", ca.encode().exposeSecretBytes());
        put(
                "Authorities",
                Authorities.of(List.of(
                                ca.certificate(),
                                CertificateAuthority.generate("Second").certificate()))
                        .encode());
        put("OwnerSigningKey", signer.encode().exposeSecretBytes());
        put("OwnerSignature", header.signature().encode());
        put("PersonKey", PersonKey.generate().encode().exposeSecretBytes());
        put("SplitReceipt", split.receipt().encode());
        put(
                "Statement",
                Statement.sign(
                                Work.TRANSFORMATION,
                                header.encode(),
                                new byte[1],
                                new byte[2],
                                Instant.EPOCH,
                                OperatorKey.generate())
                        .encode());
        put("OperatorKey", OperatorKey.generate().encode().exposeSecretBytes());
        OperatorKey first = OperatorKey.generate();
        put(
                "OperatorHistory",
                OperatorHistory.beginningWith(first)
                        .followedBy(first, OperatorKey.generate(), Instant.EPOCH)
                        .encode());
        makeElements(header);
        makeSearch();
        makeEquality(signer);
        makeAuthorities(master, keys.retrievalKey(), policy);
        makeDelegations(new Delegator(collection, 1, signer), header, ca, master.publicParameters());
        Doors.all().forEach((door, valid) -> put(door.name(), valid));
    }

    private void makeSearch() {
        Shape shape = Shape.vector(4);
        Dealer dealer = new Dealer(shape, SecretBytes.random(32));
        Server server = new Server(Side.B, shape, dealer.maskKey(Side.B), none -> List.of(), Duration.ofSeconds(1));
        SealedRow row = dealer.mask(7).seal(new byte[4]).b();
        server.apply(new Change(server.epoch() + 1, List.of(row), List.of()));
        put("Roll", server.roll().encode());
        Plan plan = Plan.of(shape, server.roll(), 1, 1, false);
        put("UserToken", dealer.mint(plan, server.roll(), 1).get(0).forUser().exposeSecretBytes());
    }

    private void makeEquality(OwnerSigningKey author) throws Exception {
        Keyword word = new Keyword("icd10", "J11");
        Point servers = TestKey.from(SecretBytes.random(32)).publicPoint();
        Context context = new Context(UUID.randomUUID(), "ada", UUID.randomUUID());
        put("EncryptedWord", EncryptedWord.encrypt(word, servers, context).encode());
        put(
                "Trapdoor",
                Trapdoor.create(
                                word,
                                servers,
                                context.group(),
                                author,
                                PersonKey.generate().publicKey())
                        .encode());
        put(
                "ServerKey",
                TestKey.from(SecretBytes.random(32))
                        .publicKey(ServerKey.Role.FRONT)
                        .encode());
        put("Point", servers.encode());
        put("Exponent", Exponent.random().exposeSecretBytes());
    }

    private void makeElements(Header header) {
        put("Scalar", Scalar.random().encode());
        put("G1", header.approvalKey().encode());
        put("G2", G2.GENERATOR.encode());
        put("Gt", PairingProduct.pair(header.approvalKey(), G2.GENERATOR).encode());
    }

    private void makeAuthorities(MasterSecretKey master, RetrievalKey z, AccessPolicy policy) throws Exception {
        PublicParameters parameters = master.publicParameters();
        Set<Attribute> held = Set.of(Attribute.of("role", "doctor"));
        put("RetrievalImage", z.image(parameters).encode());
        put("KeyRequest", z.request(parameters, new byte[3]).encode());
        put(
                "BlindedRetrievalKey",
                BlindedRetrievalKey.blind(z, "correct horse".toCharArray()).encode());
        org.sosia.crypto.abe.Dealer dealer = org.sosia.crypto.abe.Dealer.converting(master, new Quorum(2, 3));
        KeyCeremony ceremony = KeyCeremony.converting(parameters, dealer.dealing());
        AuthorityShare share = ceremony.receive(1, List.of(dealer.shareFor(1)));
        put("Dealing", dealer.dealing().encode());
        put("DealtShare", dealer.shareFor(1).encode().exposeSecretBytes());
        put("QuorumParameters", ceremony.parameters().encode());
        put("PartialTransformKey", share.issue(z.image(parameters), held).encode());
        put(
                "KeyTask",
                OutsourcedKeyGen.betweenCloudsThatNeverCollude(master, held)
                        .taskFor(1)
                        .encode()
                        .exposeSecretBytes());
        put(
                "LockTask",
                OutsourcedLock.split(policy, Scalar.random())
                        .taskFor(1)
                        .encode()
                        .exposeSecretBytes());
    }

    private void makeDelegations(
            Delegator delegator, Header header, CertificateAuthority ca, PublicParameters parameters) throws Exception {
        PersonKey trustee = PersonKey.generate();
        PersonKey hybrid = PersonKey.generate(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
        IssuedEmergencyKey issued = delegator.toTrustees(
                UUID.randomUUID(),
                2,
                List.of(
                        trustee.publicPart(),
                        hybrid.publicPart(),
                        PersonKey.generate().publicPart()));
        ConvertedLock converted = issued.reKey().convert(header, ca.certificate());
        ConversionProof proof = issued.reKey().prove(header, ca.certificate());
        put("PersonPublicKey", hybrid.publicPart().encode());
        put(
                "CollectionKeyring",
                CollectionKeyring.generate().nextEpoch().encode().exposeSecretBytes());
        put("ReKey", issued.reKey().encode());
        put(
                "Delegation",
                delegator
                        .toPolicyAndApproval(UUID.randomUUID(), parameters, header.policy())
                        .delegation()
                        .encode());
        put("Coordination", issued.coordination().encode());
        put("ConvertedLock", converted.encode());
        put("ConversionProof", proof.encode());
        put(
                "TrusteeAnswer",
                issued.delegation()
                        .answer(trustee, header, converted, proof, ca.certificate())
                        .encode());
    }

    private void put(String parser, byte[] encoding) {
        byParser.put(parser, encoding);
    }
}
