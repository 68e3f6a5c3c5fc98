package org.sosia.registration;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as the administrators see her; never a key.
 *
 * @param subject the account
 * @param name the name
 * @param roles what she may act as, such as {@code doctor}
 * @param attributes what the key authority vouches for, such as {@code department:cardiology}
 * @param linkedPatient the patient she is, or null
 * @param state where the registration stands
 * @param since since when it stands there
 * @param registrant the account of who registered her, and so must not approve her; null for whoever was there from the start
 */
public record RegistrationView(
        String subject,
        String name,
        Set<String> roles,
        Set<String> attributes,
        @Nullable UUID linkedPatient,
        RegistrationState state,
        Instant since,
        @Nullable String registrant) {}
