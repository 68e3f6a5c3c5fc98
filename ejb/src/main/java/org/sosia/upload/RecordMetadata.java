package org.sosia.upload;

import java.util.List;
import java.util.UUID;
import org.sosia.decoy.RecordKind;
import org.sosia.records.Sensitivity;

/**
 * What a data owner says about a record when handing it in.
 *
 * @param patient whose record it is
 * @param kind what it is
 * @param sensitivity how sensitive it is
 * @param policy who may open it once approved, as policy text, such as {@code role:doctor and department:cardiology}
 * @param keywords words to find it by; sealed, shown to nobody else; at most 32 of at most 64 characters
 */
public record RecordMetadata(
        UUID patient, RecordKind kind, Sensitivity sensitivity, String policy, List<String> keywords) {

    public RecordMetadata {
        keywords = List.copyOf(keywords);
    }
}
