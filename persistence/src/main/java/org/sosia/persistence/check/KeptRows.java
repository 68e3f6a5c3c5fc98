package org.sosia.persistence.check;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.sosia.crypto.content.SealedSource;

/** Content as a snapshot shows it, one row in memory at a time. Where a row is missing, it ends. */
record KeptRows(Connection connection, UUID id, long length) implements SealedSource {

    @Override
    public InputStream read(long from, long wanted) throws IOException {
        InputStream rows = new Rows();
        rows.skipNBytes(Math.min(from, length));
        return rows;
    }

    private final class Rows extends InputStream {

        private byte[] row = new byte[0];
        private int offset;
        private int next;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int wanted) throws IOException {
            Objects.checkFromIndexSize(at, wanted, into.length);
            if (wanted == 0) {
                return 0;
            }
            if (offset == row.length && !advance()) {
                return -1;
            }
            int taken = Math.min(wanted, row.length - offset);
            System.arraycopy(row, offset, into, at, taken);
            offset += taken;
            return taken;
        }

        private boolean advance() throws IOException {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT body FROM part WHERE item_id = ? AND seq = ?")) {
                select.setObject(1, id);
                select.setInt(2, next++);
                try (ResultSet found = select.executeQuery()) {
                    row = found.next() ? found.getBytes(1) : new byte[0];
                    offset = 0;
                    return row.length > 0;
                }
            } catch (SQLException unreadable) {
                throw new IOException("the store did not give the content", unreadable);
            }
        }
    }
}
