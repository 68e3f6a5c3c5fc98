package org.sosia.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody calls a party without a certificate, in an older protocol, or with a certificate that another party signed with its own key; calls and says nothing; or stays on the line after
 * being refused. The caller here speaks TLS by itself and believes everybody.
 */
class ImpostorAtAChannelAttackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "correct horse".toCharArray();

    private final Map<Party, ChannelKeys> keys = ChannelKeys.make();
    private ChannelListener listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ChannelListener(of(Party.SERVER_B), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private ChannelKeys of(Party party) {
        return Objects.requireNonNull(keys.get(party));
    }

    private KeyStore store(Party party) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(of(party).exposeSecretFile(PASSWORD)), PASSWORD);
        return store;
    }

    private CompletableFuture<Channel> answering(Duration patience) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return listener.accept().answer(EnumSet.allOf(Party.class), patience);
            } catch (IOException refused) {
                throw new CompletionException(refused);
            }
        });
    }

    /** Calls with these keys, or none, in this protocol; whether the caller sees the refusal at once depends on the protocol, so only the other end is asked. */
    private void assertRefused(KeyManager[] own, String protocol) throws Exception {
        CompletableFuture<Channel> called = answering(PATIENCE);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new Credulous()}, null);
        try (SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.setEnabledProtocols(new String[] {protocol});
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                socket.startHandshake();
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("the line was cut");
                }
            });
        }
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(called::join)
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void whoHasNoCertificateIsRefused() throws Exception {
        assertRefused(new KeyManager[0], Channel.PROTOCOL);
    }

    @Test
    void anOlderProtocolIsRefusedWhateverTheKeys() throws Exception {
        assertRefused(managers(store(Party.SERVER_A)), "TLSv1.2");
    }

    private static KeyManager[] managers(KeyStore store) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    /** Server A makes the hospital: the chain ends at the right authority, but A's certificate may not issue. */
    @Test
    void noPartyIssuesCertificates() throws Exception {
        KeyStore ofA = store(Party.SERVER_A);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X509Certificate a = (X509Certificate) ofA.getCertificate("self");
        X509Certificate hospital = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                a.getSubjectX500Principal(),
                                BigInteger.TEN,
                                Date.from(Instant.now().minusSeconds(60)),
                                Date.from(Instant.now().plusSeconds(3_600)),
                                Party.HOSPITAL.subject(),
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build((PrivateKey) ofA.getKey("self", PASSWORD))));
        KeyStore forged = KeyStore.getInstance("PKCS12");
        forged.load(null, null);
        forged.setKeyEntry(
                "self", pair.getPrivate(), PASSWORD, new Certificate[] {hospital, a, ofA.getCertificate("authority")});
        assertRefused(managers(forged), Channel.PROTOCOL);
    }

    /** Else the line of a silent caller would be kept open for ever. */
    @Test
    void whoSaysNothingIsHungUpOn() throws Exception {
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(answering(Duration.ofMillis(50))::join)
                    .withCauseInstanceOf(SocketTimeoutException.class);
            silent.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            assertCut(silent);
        }
    }

    @Test
    void whoIsNotExpectedIsHungUpOn() throws Exception {
        CompletableFuture<Channel> called = CompletableFuture.supplyAsync(() -> {
            try {
                return listener.accept().answer(EnumSet.of(Party.HOSPITAL), PATIENCE);
            } catch (IOException refused) {
                throw new CompletionException(refused);
            }
        });
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
        try (Channel a = Channel.dial(of(Party.SERVER_A), address, Party.SERVER_B, PATIENCE)) {
            assertThatExceptionOfType(CompletionException.class).isThrownBy(called::join);
            a.patience(PATIENCE);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(a.link()::receive)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    /** The caller finds somebody else, whose keys are good, and hangs up; closing a channel does the same. */
    @Test
    void whoHangsUpCutsTheLine() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
        CompletableFuture<Channel> called = answering(PATIENCE);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Channel.dial(of(Party.SERVER_A), address, Party.HOSPITAL, PATIENCE));
        assertHungUp(called.join());

        CompletableFuture<Channel> calledAgain = answering(PATIENCE);
        Channel a = Channel.dial(of(Party.SERVER_A), address, Party.SERVER_B, PATIENCE);
        a.close();
        assertHungUp(calledAgain.join());
    }

    private static void assertHungUp(Channel channel) throws IOException {
        channel.patience(PATIENCE);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(channel.link()::receive)
                .isNotInstanceOf(SocketTimeoutException.class);
        channel.close();
    }

    @Test
    void aCallThatIsNotAnsweredCanBeEnded() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            caller.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            listener.accept().close();
            assertCut(caller);
        }
    }

    private static void assertCut(Socket caller) {
        boolean cut;
        try {
            cut = caller.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            cut = false;
        } catch (IOException reset) {
            cut = true;
        }
        assertThat(cut).isTrue();
    }

    @Test
    void nobodyIsReachedWhereNobodyListens() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
        listener.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(listener::accept);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Channel.dial(of(Party.SERVER_A), address, Party.SERVER_B, PATIENCE));
    }

    @Test
    void patienceEndsAndTheLineStays() throws Exception {
        CompletableFuture<Channel> called = answering(PATIENCE);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
        try (Channel a = Channel.dial(of(Party.SERVER_A), address, Party.SERVER_B, PATIENCE);
                Channel b = called.join()) {
            a.patience(Duration.ofMillis(20));
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(a.link()::receive);
            a.patience(PATIENCE);
            b.link().send(new byte[] {7});
            assertThat(a.link().receive()).containsExactly(7);
            a.link().close();
            b.patience(PATIENCE);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(b.link()::receive)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void certificatesSayWhatTheyAreFor() throws Exception {
        for (Party party : Party.values()) {
            X509Certificate self = (X509Certificate) store(party).getCertificate("self");
            X509Certificate authority = (X509Certificate) store(party).getCertificate("authority");
            assertThat(self.getSubjectX500Principal().getName()).isEqualTo("CN=" + party.commonName());
            assertThat(self.getBasicConstraints()).isNegative();
            assertThat(self.getKeyUsage()).startsWith(true, false, false, false, false, false);
            assertThat(authority.getBasicConstraints()).isZero();
            assertThat(authority.getKeyUsage()).startsWith(false, false, false, false, false, true);
            for (X509Certificate each : new X509Certificate[] {self, authority}) {
                assertThat(each.getNotBefore()).isBefore(Instant.now().minus(Duration.ofHours(23)));
                assertThat(each.getNotAfter()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
                assertThat(each.getSerialNumber()).isPositive();
                assertThat(each.getSerialNumber().bitLength()).isBetween(100, 159);
                assertThat(each.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
            }
            assertThat(self.getSerialNumber()).isNotEqualTo(authority.getSerialNumber());
        }
    }

    /** Believes every certificate. */
    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
