package org.sosia.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What somebody reads who has a store in her hands. */
final class Rows {

    private Rows() {}

    /** The first column of what a query gives. */
    static List<String> of(DataSource source, String query) {
        try (Connection connection = source.getConnection();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
