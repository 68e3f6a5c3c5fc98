package org.sosia.patients;

import java.time.Instant;
import java.util.UUID;
import org.sosia.keys.SignatureView;

/**
 * A patient as shown to those who may see them.
 *
 * @param id the patient
 * @param details what the file says
 * @param createdAt when the patient was registered
 * @param signature the data owner's signature over the sealed file
 */
public record PatientView(UUID id, PatientDetails details, Instant createdAt, SignatureView signature) {}
