package org.sosia.decoy;

import java.util.Locale;
import java.util.UUID;

/**
 * Makes twin patients and doubles from a secret key.
 *
 * <p><b>Security.</b> Everything is a function of the key and the arguments: the same call gives the same bytes today and after
 * a restart. Without the key a double tells nothing of its spec beyond what the spec says. The forge is handed no original and has
 * no way to one.
 *
 * <p><b>Source.</b> docs/DOUBLES.md. Safe for use by many threads.
 */
public final class Forge {

    /** Length of the key in bytes. */
    public static final int KEY_BYTES = 32;

    /** A reserved domain: mail to it goes nowhere. A hospital gives one of its own, where use raises an alarm. */
    private static final String NOWHERE = "mail.example";

    private final Keystream.Key root;
    private final String mailDomain;

    /** A forge whose twin patients have addresses in a reserved domain. */
    public Forge(byte[] key32) {
        this(key32, NOWHERE);
    }

    /**
     * @param key32 {@value #KEY_BYTES} secret bytes; copied
     * @param mailDomain domain of the twin patients' mail addresses, best one that the hospital watches
     */
    public Forge(byte[] key32, String mailDomain) {
        if (key32.length != KEY_BYTES) {
            throw new IllegalArgumentException("The key of a forge has 32 bytes");
        }
        this.root = Keystream.Key.root(key32);
        this.mailDomain = mailDomain;
    }

    /** Whether there are doubles of this media type (type and subtype in lower case, no parameters). */
    public static boolean supports(String mediaType) {
        return Format.knows(mediaType);
    }

    /**
     * The double of one record.
     *
     * <p>Its size lies inside the spec's bucket; only where no valid file of the type is so small, it is the smallest possible.
     */
    public Decoy forge(DecoySpec spec) {
        var job = new Job(root, spec, new Persona(root, spec.patient(), spec.locale(), mailDomain));
        Plan plan = job.plan();
        String name = FileNames.of(spec.kind(), spec.day(), spec.record(), spec.mediaType());
        return new Decoy(spec.mediaType(), name, plan.size(), plan.bytes());
    }

    /** The twin of a patient: the person of whom all doubles of this pseudonym tell. */
    public TwinPatient patient(UUID patient, Locale locale) {
        return new Persona(root, patient, locale, mailDomain).registration();
    }

    /** A name for a member of the twin hospital's staff, stable per subject. */
    public String staffName(String subject, Locale locale) {
        return Names.of(locale).staff(root.stream("staff", subject));
    }
}
