package org.sosia.persistence;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;
import org.sosia.crypto.secret.SecretBytes;

/** The files by which the hospital and the two servers of searches know each other, and how their addresses are written. */
final class SearchKeys {

    private static final int PASSWORD_BYTES = 24;
    private static final int MOST_PASSWORD_BYTES = 1024;

    private SearchKeys() {}

    /**
     * Makes all three parties' files in a folder: {@code sosia-hospital.p12}, its {@code .password}, and so on.
     *
     * @throws IOException if one is there already, or cannot be written
     */
    static void make(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<Party, ChannelKeys> each : ChannelKeys.make().entrySet()) {
            String password =
                    HexFormat.of().formatHex(SecretBytes.random(PASSWORD_BYTES).exposeSecretBytes());
            String name = each.getKey().commonName();
            write(folder.resolve(name + ".password"), password.getBytes(StandardCharsets.UTF_8));
            write(folder.resolve(name + ".p12"), each.getValue().exposeSecretFile(password.toCharArray()));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.write(file, content, StandardOpenOption.WRITE);
    }

    /** Reads a party's file. */
    static ChannelKeys read(Path file, Path passwordFile, Party party) throws IOException, GeneralSecurityException {
        char[] password = new String(limited(passwordFile, MOST_PASSWORD_BYTES), StandardCharsets.UTF_8)
                .strip()
                .toCharArray();
        ChannelKeys keys = ChannelKeys.read(limited(file, ChannelKeys.MOST_FILE_BYTES), password);
        if (keys.party() != party) {
            throw new GeneralSecurityException(
                    "the file is that of " + keys.party().commonName());
        }
        return keys;
    }

    private static byte[] limited(Path file, int mostBytes) throws IOException {
        if (Files.size(file) > mostBytes) {
            throw new IOException(file + " is too long");
        }
        return Files.readAllBytes(file);
    }

    /** Reads {@code host:port}. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("an address is a host, a colon and a port");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
