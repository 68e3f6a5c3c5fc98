package org.sosia.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** Every reader of this module. */
class ParsersTest extends FuzzedParsers {
    private static final Set<Class<?>> READ_FROM =
            Set.of(byte[].class, SecretBytes.class, ByteReader.class, String.class, InputStream.class);

    @Override
    public List<Parser> parsers() {
        Encodings encodings = Once.ENCODINGS;
        return Parsers.all().stream()
                .map(parser -> parser.startingFrom(encodings.of(parser)))
                .toList();
    }

    private static final class Once {
        static final Encodings ENCODINGS = new Encodings();
    }

    /** Whoever adds a reader adds it to the fuzzer too, or writes here by which of the fuzzed ones it is called. */
    @Test
    void everyReaderIsFuzzed() {
        Set<String> calledByFuzzedOnes = Set.of(
                // the engines behind G1, G2 and Gt; each parses in its own run of the tests
                "Engine.decodeG1",
                "Engine.decodeG2",
                "Engine.decodeGt",
                "BlstEngine.decodeG1",
                "BlstEngine.decodeG2",
                "BlstEngine.decodeGt",
                "BouncyCastleEngine.decodeG1",
                "BouncyCastleEngine.decodeG2",
                "BouncyCastleEngine.decodeGt",
                // texts
                "AccessPolicy.parse",
                "Attribute.parse",
                "PolicyParser.parsePolicy",
                "PolicyParser.parseAttribute",
                "PartialKey.parse",
                "SeatKey.parse",
                "KeyText.parse",
                "KeyText.read",
                // AccessPolicy
                "CanonicalPolicy.decode",
                "Attribute.ofCanonical",
                // Header, Delegation, ReKey
                "Header.readFormat1",
                "Header.readList",
                "Header.readSignature",
                "HeaderCore.read",
                "Facts.read",
                "Slot.read",
                "PolicySlot.read",
                "PolicySlot.readFields",
                "PolicyLock.read",
                "DirectSlot.read",
                "Scope.read",
                "Terms.read",
                "Target.read",
                "PolicyTarget.read",
                "PersonTarget.read",
                "TrusteesTarget.read",
                // other keys and certificates
                "CollectionKeys.readFields",
                "Commitments.read",
                "KeyWithCertificate.decode",
                "Certificates.parse",
                "Certificates.read",
                "OperatorHistory.read",
                "ChannelKeys.read",
                // sealed streams, ranges, messages and deliveries; a policy slot opens to a seed by fields that were
                // decoded
                "ChunkedEncryption.open",
                "ChunkedEncryption.openPrefix",
                "DecryptingStream.read",
                "PersonKey.open",
                "PersonKey.openSecret",
                "Delivery.open",
                "HybridDelivery.open",
                "SeatKey.open",
                "Pad.open",
                "PolicySlot.open",
                "Delegation.opened",
                // shares
                "ShareHead.decode",
                "SplitReceipt.readSplitting",
                "MergedStream.read",
                "Uncovering.read",
                // the doors of a search
                "Point.decodeLong",
                "Batch.decode",
                "Verdict.read",
                "ServerToken.decode",
                "Plan.read",
                "Entries.read",
                "Words.read",
                "Question.read",
                "Answer.decode");
        Set<String> fuzzed = Parsers.all().stream().map(Parser::name).collect(Collectors.toSet());
        Set<String> readers = Module.classes().stream()
                .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses())))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(ParsersTest::reads)
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .filter(name -> !name.endsWith(".decode") || !fuzzed.contains(name.replace(".decode", "")))
                .collect(Collectors.toSet());
        assertThat(readers).containsExactlyInAnyOrderElementsOf(calledByFuzzedOnes);
    }

    private static boolean reads(Method method) {
        return method.getName().matches("(decode|parse|read|open|merge|ofCanonical).*")
                && !method.isSynthetic()
                && Stream.of(method.getParameterTypes()).anyMatch(READ_FROM::contains);
    }
}
