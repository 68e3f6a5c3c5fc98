package org.sosia.web.owner;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.sosia.sharing.RevocationReceipt;
import org.sosia.web.shell.QrCode;

/** What one answer shows and the next no longer knows: a fresh partial key, or the receipt of a revocation. */
@Named("revealed")
@RequestScoped
public class Revealed {
    private @Nullable String partialKey;
    private @Nullable RevocationReceipt receipt;

    void show(String key) {
        partialKey = key;
    }

    void show(RevocationReceipt signed) {
        receipt = signed;
    }

    /** Whether a partial key is there to be shown. */
    public boolean isKey() {
        return partialKey != null;
    }

    /** The partial key as it is written down; empty without one. */
    public String getPartialKey() {
        return partialKey == null ? "" : partialKey;
    }

    /** The partial key as a QR code. */
    public @Nullable QrCode getQrCode() {
        return partialKey == null ? null : QrCode.of(partialKey);
    }

    /** The receipt, or null. */
    public @Nullable RevocationReceipt getReceipt() {
        return receipt;
    }
}
