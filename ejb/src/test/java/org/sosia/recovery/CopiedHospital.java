package org.sosia.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.identity.Credentials;
import org.sosia.lane.Hospital;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.persistence.MemoryCloud;
import org.sosia.persistence.Spare;
import org.sosia.records.Sensitivity;

/** A hospital in memory that copies what is of medium sensitivity and more, with one patient. */
final class CopiedHospital {

    static final int SHARES = 3;
    private static final int HOSPITAL = 2;

    final Path folder;
    final TestHospital hospital;
    final TestRecords records;
    final Credentials owner;
    final UUID patient;

    CopiedHospital() throws Exception {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "copies")), "hospital");
        hospital = new TestHospital(Map.of("sosia.copies.dir", folder.toString(), "sosia.copies.from", "medium"));
        records = new TestRecords(hospital);
        owner = hospital.proven(TestHospital.OWNER, "data-owner");
        patient = records.patient(owner, TestHospital.PATIENT);
    }

    UUID record(byte[] content, Sensitivity sensitivity) throws Exception {
        return records.record(owner, patient, content, sensitivity);
    }

    RestorationReceipt recover(Credentials who, UUID record) throws Exception {
        return hospital.signIn(who).bean(Recovery.class).recover(record);
    }

    Hospital real() {
        return hospital.real();
    }

    /** The id under which a place keeps its share of an original's copies. */
    UUID share(UUID record, int number) {
        Spare spare = hospital.a.spare(record).orElseThrow();
        byte[] link = new byte[HiddenShare.LINK_BYTES];
        System.arraycopy(spare.links(), number * link.length, link, 0, link.length);
        return new HiddenShare(link).id();
    }

    private MemoryCloud cloud(int number) {
        return number == 0 ? hospital.a : hospital.b;
    }

    Path file(UUID share, String kind) {
        return folder.resolve("1").resolve(share.toString().substring(0, 2)).resolve(share + kind);
    }

    /** What a place holds, byte for byte. */
    byte[] held(UUID record, int number) throws IOException {
        UUID share = share(record, number);
        return number == HOSPITAL
                ? Files.readAllBytes(file(share, ".share"))
                : cloud(number).content(share).read(0, Long.MAX_VALUE).readAllBytes();
    }

    /** The place loses its share. */
    void lose(UUID record, int number) throws IOException {
        UUID share = share(record, number);
        if (number == HOSPITAL) {
            Files.delete(file(share, ".share"));
            Files.delete(file(share, ".label"));
        } else {
            cloud(number).dropPiece(share);
        }
    }

    /** The place changes one bit of its share. */
    void alter(UUID record, int number, int at) throws IOException {
        UUID share = share(record, number);
        if (number == HOSPITAL) {
            byte[] bytes = Files.readAllBytes(file(share, ".share"));
            bytes[at] ^= 1;
            Files.write(file(share, ".share"), bytes);
        } else {
            cloud(number).tamperWithContent(share, at);
        }
    }

    /** The files in the folder of copies of both hospitals. */
    List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
