package org.sosia.web.authority;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.sosia.attributes.AttributeReceipt;

/** What one answer shows and the next no longer knows: the receipt of a revocation. */
@Named("attributeRevealed")
@RequestScoped
public class AttributeRevealed {
    private @Nullable AttributeReceipt receipt;

    void show(AttributeReceipt signed) {
        receipt = signed;
    }

    /** The receipt, or null. */
    public @Nullable AttributeReceipt getReceipt() {
        return receipt;
    }
}
