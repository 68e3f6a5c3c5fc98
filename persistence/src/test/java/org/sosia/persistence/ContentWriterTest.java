package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is handed over to a store, when, and what becomes of it. Threads run when the test says so. */
class ContentWriterTest implements Steps {

    private static final int GROUP = BlobStore.GROUP_ROWS * BlobStore.ROW_BYTES;

    private final List<String> appended = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final IdentityHashMap<byte[], Boolean> memory = new IdentityHashMap<>();
    private Instant now = Instant.EPOCH;
    private @Nullable RuntimeException refusal;

    private ContentWriter writer(Executor threads) {
        InstantSource time = () -> now;
        return new ContentWriter(this, threads, time.withZone(ZoneOffset.UTC), new UUID(0, 1), new UUID(0, 2));
    }

    private ContentWriter writer() {
        return writer(waiting::add);
    }

    @Override
    public void appendRows(UUID record, UUID attempt, int first, List<byte[]> rows) {
        if (refusal != null) {
            throw refusal;
        }
        appended.add(first + "+" + rows.size());
        rows.forEach(row -> memory.put(row, true));
    }

    @Override
    public List<byte[]> readRows(UUID record, int first, int count) {
        throw new AssertionError("a writer does not read");
    }

    @Override
    public Optional<Task> lease(@Nullable String kind, @Nullable UUID id) {
        throw new AssertionError("a writer leases nothing");
    }

    @Override
    public void renew(Task leased) {
        throw new AssertionError("a writer leases nothing");
    }

    @Override
    public void finish(Task leased, Outcome outcome) {
        throw new AssertionError("a writer leases nothing");
    }

    @Test
    void oneGroupFillsWhileTheOtherIsUnderWay() throws IOException {
        ContentWriter writer = writer();

        writer.write(new byte[2 * GROUP - 1]);

        assertThat(waiting).hasSize(1);
        assertThat(writer.hasRoomFor(1)).isFalse();
        waiting.remove().run();
        assertThat(writer.hasRoomFor(1)).isTrue();
        assertThat(appended).containsExactly("0+16");
    }

    @Test
    void groupsArriveInOrderWhateverTheThreadsDo() throws IOException {
        ContentWriter writer = writer();

        writer.write(new byte[3 * GROUP + 10]);
        writer.close();

        assertThat(appended).containsExactly("0+16", "16+16", "32+16", "48+1");
        waiting.forEach(Runnable::run);
        assertThat(appended).as("late threads find nothing to do").hasSize(4);
    }

    @Test
    void twoGroupsOfMemoryAreEnoughForAnyLength() throws IOException {
        ContentWriter writer = writer();

        for (int group = 0; group < 20; group++) {
            writer.write(new byte[GROUP]);
        }
        writer.close();

        assertThat(appended).hasSize(20);
        assertThat(memory).hasSizeLessThanOrEqualTo(2 * BlobStore.GROUP_ROWS);
    }

    @Test
    void aPoolThatTakesNothingMakesNothingStuck() throws IOException {
        ContentWriter writer = writer(work -> {
            throw new RejectedExecutionException();
        });

        writer.write(new byte[2 * GROUP]);
        writer.close();

        assertThat(appended).containsExactly("0+16", "16+16");
    }

    @Test
    void aGroupThatFailedIsMetAtTheNextAndForEver() throws IOException {
        ContentWriter writer = writer();
        refusal = new StoreConflictException(new UUID(0, 1));
        writer.write(new byte[GROUP]);
        waiting.remove().run();

        assertThatIOException().isThrownBy(() -> writer.write(new byte[GROUP])).withCause(refusal);
        refusal = null;
        assertThatIOException().isThrownBy(() -> writer.write(1));
        assertThatIOException().isThrownBy(writer::close);
        assertThat(appended).isEmpty();
    }

    @Test
    void theLastGroupsFailureIsMetAtTheEnd() throws IOException {
        ContentWriter writer = writer();
        writer.write(new byte[GROUP + 5]);
        refusal = new StoreConflictException(new UUID(0, 1));

        assertThatIOException().isThrownBy(writer::close);
        assertThatIOException().isThrownBy(writer::close);
    }

    @Test
    void aGroupGivenUpBeforeItBeganNeverBegins() throws IOException {
        ContentWriter writer = writer();
        writer.write(new byte[GROUP]);

        writer.giveUp();
        waiting.remove().run();

        assertThat(appended).isEmpty();
        assertThatIOException().isThrownBy(writer::close);
    }

    /** At 4 KiB/s a group takes 17 minutes, longer than an unfinished upload is kept. */
    @Test
    void aSlowSenderIsSeenToBeAlive() throws IOException {
        ContentWriter writer = writer(Runnable::run);
        int everySecond = 4096;

        for (int second = 0; second < 20 * 60; second++) {
            now = now.plusSeconds(1);
            writer.write(new byte[everySecond]);
        }

        assertThat(appended).hasSize(20 * 60 / 61);
    }

    @Test
    void evenOneWhoDoesNotFillARow() throws IOException {
        ContentWriter writer = writer(Runnable::run);
        writer.write(1);

        now = now.plus(ContentWriter.SILENCE).plus(Duration.ofNanos(1));
        writer.write(2);
        writer.write(3);
        writer.close();

        assertThat(appended).containsExactly("0+0", "0+1");
    }
}
