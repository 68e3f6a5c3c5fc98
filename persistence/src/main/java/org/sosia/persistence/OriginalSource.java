package org.sosia.persistence;

import org.postgresql.ds.PGSimpleDataSource;

/** Where the original store is, from the settings {@code sosia.store-a.*}. Made by the container for its pool. */
public class OriginalSource extends PGSimpleDataSource {

    /** Reads the settings; see {@link StoreSettings}. */
    public OriginalSource() {
        StoreSettings.of("sosia.store-a").applyTo(this);
    }
}
