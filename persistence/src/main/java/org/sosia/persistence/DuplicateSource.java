package org.sosia.persistence;

import org.postgresql.ds.PGSimpleDataSource;

/** Where the duplicate store is, from the settings {@code sosia.store-b.*}. Made by the container for its pool. */
public class DuplicateSource extends PGSimpleDataSource {

    /** Reads the settings; see {@link StoreSettings}. */
    public DuplicateSource() {
        StoreSettings.of("sosia.store-b").applyTo(this);
    }
}
