package org.sosia.persistence.check;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The checker as a command: prints one line for each violation, and how many there were.
 *
 * <p>Settings are those of the application ({@code sosia.store-a.port} and so on), as system properties or environment
 * variables ({@code SOSIA_STORE_A_PORT}). {@code sosia.check.certificate}, a file, is the certificate of the real hospital's
 * authority, kept outside of the stores; without it the one kept at the store has to do.
 *
 * <p>With {@code sosia.copies.dir} it looks at the hospital's own shares of recovery copies too.
 *
 * <p>Ends with 0 when nothing is wrong, 1 when something is, 2 when a store or a setting cannot be read.
 */
public final class CheckStores {

    private static final int SOUND = 0;
    private static final int VIOLATED = 1;
    private static final int UNREADABLE = 2;

    /** Runs the check. */
    public static void main(String[] none) {
        // Not System.out: this report is the command's product, not a trace behind a logger's back.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out));
    }

    static int run(PrintStream out) {
        try {
            AtomicLong count = new AtomicLong();
            InvariantChecker checker = new InvariantChecker();
            Optional<String> copies = setting("sosia.copies.dir");
            if (copies.isPresent()) {
                checker = checker.withCopies(Path.of(copies.get()));
            }
            checker.check(source("sosia.store-a"), source("sosia.store-b"), certificate(), violation -> {
                count.incrementAndGet();
                out.println(violation);
            });
            out.println(
                    count.get() == 0
                            ? "both stores are sound"
                            : count.get() + (count.get() == 1 ? " violation" : " violations"));
            return count.get() == 0 ? SOUND : VIOLATED;
        } catch (IOException | SQLException | GeneralSecurityException unreadable) {
            out.println("cannot check: " + unreadable.getMessage());
            return UNREADABLE;
        }
    }

    private static DataSource source(String prefix) throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {setting(prefix + ".host").orElse("localhost")});
        source.setPortNumbers(new int[] {Integer.parseInt(required(prefix + ".port"))});
        source.setDatabaseName(required(prefix + ".database"));
        source.setUser(required(prefix + ".user"));
        source.setPassword(
                Files.readString(Path.of(required(prefix + ".password-file"))).strip());
        source.setPrepareThreshold(-1);
        return source;
    }

    private static @Nullable X509Certificate certificate() throws IOException, GeneralSecurityException {
        Optional<String> file = setting("sosia.check.certificate");
        if (file.isEmpty()) {
            return null;
        }
        byte[] encoded = Files.readAllBytes(Path.of(file.get()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static String required(String name) throws IOException {
        return setting(name).orElseThrow(() -> new IOException("the setting " + name + " is missing"));
    }

    private static Optional<String> setting(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return Optional.ofNullable(System.getProperty(name, System.getenv(variable)));
    }

    private CheckStores() {}
}
