package org.sosia.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of long work, on the connection of the transaction under way. */
final class JobTable {

    private static final String ALL =
            "id, kind, name, epoch, state, phase, reached, total, done, busy_millis, error, created_at, updated_at, turn";

    private final Sql sql;

    JobTable(Sql sql) {
        this.sql = sql;
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("name"),
                row.getInt("epoch"),
                JobState.valueOf(row.getString("state")),
                row.getInt("phase"),
                row.getString("reached"),
                row.getLong("total"),
                row.getLong("done"),
                Duration.ofMillis(row.getLong("busy_millis")),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getInt("turn"));
    }

    void insert(Job job) {
        sql.update(
                "INSERT INTO job (" + ALL + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job.id(),
                job.kind(),
                job.name(),
                job.epoch(),
                job.state().name(),
                job.phase(),
                job.reached(),
                job.total(),
                job.done(),
                job.busy().toMillis(),
                job.error(),
                job.createdAt(),
                job.updatedAt(),
                job.turn());
    }

    /** One after the other as they were begun; those that something holds up come after the others, and take turns. */
    Optional<Job> lease(String kind) {
        return sql.first("""
                UPDATE job SET turn = turn + 1, lease = now() + make_interval(secs => ?)
                WHERE id = (
                    SELECT id FROM job WHERE kind = ? AND state = 'RUNNING' AND (lease IS NULL OR lease <= now())
                    ORDER BY error IS NOT NULL, CASE WHEN error IS NULL THEN created_at ELSE updated_at END, id
                    LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING\s""" + ALL, JobTable::job, Jobs.JOB_LEASE_SECONDS, kind);
    }

    void keep(Job job) {
        int kept = sql.update(
                """
                UPDATE job SET state = ?, phase = ?, reached = ?, total = ?, done = ?, busy_millis = ?, error = ?,
                    updated_at = now(), lease = CASE WHEN ? = 'DONE' THEN NULL ELSE now() + make_interval(secs => ?) END
                WHERE id = ? AND turn = ? AND state = 'RUNNING'
                """,
                job.state().name(),
                job.phase(),
                job.reached(),
                job.total(),
                job.done(),
                job.busy().toMillis(),
                job.error(),
                job.state().name(),
                Jobs.JOB_LEASE_SECONDS,
                job.id(),
                job.turn());
        if (kept == 0) {
            throw new StoreConflictException(job.id());
        }
    }

    void release(Job job) {
        sql.update("UPDATE job SET lease = NULL WHERE id = ? AND turn = ?", job.id(), job.turn());
    }

    Optional<Job> find(UUID id) {
        return sql.first("SELECT " + ALL + " FROM job WHERE id = ?", JobTable::job, id);
    }

    List<Job> newest(String kind, int limit) {
        Limits.check(limit);
        return sql.list(
                "SELECT " + ALL + " FROM job WHERE kind = ? ORDER BY created_at DESC, id DESC LIMIT ?",
                JobTable::job,
                kind,
                limit);
    }

    /** Whoever works on it notices at the next piece: its turn is over. */
    void set(UUID id, JobState wanted) {
        sql.update(
                "UPDATE job SET state = ?, lease = NULL, turn = turn + 1, updated_at = now(),"
                        + " error = CASE WHEN ? = 'RUNNING' THEN NULL ELSE error END"
                        + " WHERE id = ? AND state <> ? AND state <> 'DONE'",
                wanted.name(),
                wanted.name(),
                id,
                wanted.name());
    }
}
