package org.sosia.persistence;

import jakarta.ejb.EJBException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.nearest.SearchRefusedException;
import org.sosia.persistence.GalleryEnd.End;
import org.sosia.persistence.GalleryRefusedException.Why;

/** A server of galleries in memory that keeps the promises of {@link GalleryServer}, searches as a real one does, and fails when told to. */
public final class MemoryGallery implements OriginalGallery, DuplicateGallery {

    private static final Executor THREADS = Executors.newCachedThreadPool(MemoryGallery::daemon);

    private final Wires wires;
    private final MemoryCloud cloud;
    private final Clock clock;
    private final Map<String, Rack> racks = new HashMap<>();
    private final Map<String, Searcher> searchers = new HashMap<>();
    private final Map<List<Object>, List<Kept>> leaves = new HashMap<>();
    private final Map<UUID, byte[]> sights = new HashMap<>();

    /** While true, every call fails as a store does that does not answer. */
    public boolean away;

    /** How many searches of one person are answered. */
    public int most = 1000;

    /** Rows and parts of tokens as they were handed over, for who looks for plaintext in them. */
    public final List<byte[]> received = new ArrayList<>();

    private MemoryGallery(MemoryCloud cloud, Wires wires, Clock clock) {
        this.cloud = cloud;
        this.wires = wires;
        this.clock = clock;
    }

    /** The servers of two clouds, which can reach each other. */
    public static List<MemoryGallery> over(MemoryCloud a, MemoryCloud b, Clock clock) {
        Wires wires = new LocalWires();
        return List.of(new MemoryGallery(a, wires, clock), new MemoryGallery(b, wires, clock));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "gallery");
        thread.setDaemon(true);
        return thread;
    }

    private record Kept(Leave leave, boolean copied) {}

    private static final class Place {
        final int number;
        final long version;
        final UUID record;
        final String owner;
        byte[] note;
        byte @Nullable [] body;

        @Nullable
        Long born;

        @Nullable
        Long gone;

        Place(int number, long version, UUID record, String owner, byte[] note, byte[] body) {
            this.number = number;
            this.version = version;
            this.record = record;
            this.owner = owner;
            this.note = note;
            this.body = body;
        }

        boolean isVisible() {
            return born != null && gone == null;
        }
    }

    private static final class Rack {
        final byte[] maskKey;
        final List<Place> places = new ArrayList<>();
        final Map<UUID, List<byte[]>> tokens = new LinkedHashMap<>();
        final Set<UUID> spent = new HashSet<>();
        long epoch;
        int last;
        int turn;

        Rack(byte[] maskKey) {
            this.maskKey = maskKey;
        }

        Optional<Place> shown(UUID record) {
            return places.stream()
                    .filter(place -> place.isVisible() && place.record.equals(record))
                    .findFirst();
        }

        Optional<Place> at(int number, long version) {
            return places.stream()
                    .filter(place -> place.number == number && place.version == version)
                    .findFirst();
        }
    }

    private synchronized Rack rack(GalleryEnd end) {
        if (away) {
            throw new EJBException("the store does not answer");
        }
        return Objects.requireNonNull(racks.get(end.rack() + end.end()), "the gallery has not begun");
    }

    @Override
    public synchronized void open(GalleryEnd end, byte[] maskKey) {
        racks.putIfAbsent(end.rack() + end.end(), new Rack(maskKey.clone()));
        rack(end);
    }

    @Override
    public synchronized int nextNumber(GalleryEnd end) {
        return ++rack(end).last;
    }

    @Override
    public synchronized void stage(
            GalleryEnd end, int number, long version, UUID record, String owner, byte[] note, byte[] row) {
        received.add(row);
        rack(end).places.add(new Place(number, version, record, owner, note, row));
    }

    @Override
    public synchronized long publish(GalleryEnd end, int number, long version, UUID record) {
        Rack rack = rack(end);
        Place place = rack.at(number, version).orElseThrow(() -> new StoreConflictException(record));
        if (rack.shown(record).isPresent() || place.born != null) {
            throw new StoreConflictException(record);
        }
        place.born = ++rack.epoch;
        return rack.epoch;
    }

    @Override
    public synchronized boolean shows(GalleryEnd end, UUID record) {
        return rack(end).shown(record).isPresent();
    }

    @Override
    public synchronized void withdraw(GalleryEnd end, UUID record) {
        Rack rack = rack(end);
        rack.shown(record).ifPresent(place -> {
            place.gone = ++rack.epoch;
            place.body = null;
        });
    }

    @Override
    public synchronized long epoch(GalleryEnd end) {
        return rack(end).epoch;
    }

    @Override
    public synchronized List<GalleryChange> changes(GalleryEnd end, long after, int limit) {
        List<GalleryChange> changes = new ArrayList<>();
        for (Place place : rack(end).places) {
            Long born = place.born;
            Long gone = place.gone;
            if (born != null && born > after) {
                changes.add(new GalleryChange(born, place.number, place.version, false));
            }
            if (gone != null && gone > after) {
                changes.add(new GalleryChange(gone, place.number, place.version, true));
            }
        }
        return changes.stream()
                .sorted(Comparator.comparing(GalleryChange::epoch))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void follow(GalleryEnd end, List<GalleryChange> changes) {
        Rack rack = rack(end);
        for (GalleryChange change : changes) {
            if (change.epoch() <= rack.epoch) {
                continue;
            }
            Place place = rack.at(change.number(), change.version()).orElse(null);
            if (change.epoch() != rack.epoch + 1 || place == null || (place.born != null) != change.gone()) {
                throw new StoreConflictException(new UUID(0, change.number()));
            }
            if (change.gone()) {
                place.gone = change.epoch();
                place.body = null;
            } else {
                place.born = change.epoch();
            }
            rack.epoch = change.epoch();
        }
    }

    @Override
    public synchronized List<GalleryChange> visible(GalleryEnd end) {
        return rack(end).places.stream()
                .filter(Place::isVisible)
                .map(place -> new GalleryChange(Objects.requireNonNull(place.born), place.number, place.version, false))
                .sorted(Comparator.comparing(GalleryChange::number))
                .toList();
    }

    @Override
    public synchronized List<GalleryChange> align(GalleryEnd end, long epoch, List<GalleryChange> visible) {
        Rack rack = rack(end);
        List<GalleryChange> missing = new ArrayList<>();
        List<Place> kept = new ArrayList<>();
        for (GalleryChange row : visible) {
            Place place = rack.at(row.number(), row.version()).orElse(null);
            if (place == null || place.body == null) {
                missing.add(row);
            } else {
                place.born = row.epoch();
                kept.add(place);
            }
        }
        rack.places.removeIf(place -> place.born != null && !kept.contains(place));
        rack.epoch = epoch;
        rack.turn++;
        return missing;
    }

    /** Loses the row of a record, as a backup that was put back does. */
    public synchronized void lose(GalleryEnd end, UUID record) {
        rack(end).places.removeIf(place -> place.record.equals(record));
        rack(end).turn++;
    }

    @Override
    public synchronized Optional<UUID> recordOf(GalleryEnd end, int number) {
        return rack(end).places.stream()
                .filter(place -> place.isVisible() && place.number == number)
                .map(place -> place.record)
                .findFirst();
    }

    @Override
    public synchronized void keepSight(UUID record, byte[] sealed) {
        sights.put(record, sealed);
    }

    @Override
    public synchronized Optional<byte[]> sight(UUID record) {
        return Optional.ofNullable(sights.get(record));
    }

    @Override
    public synchronized void dropSight(UUID record) {
        sights.remove(record);
    }

    @Override
    public synchronized List<GalleryRow> searchable(GalleryEnd end, String who, Instant now) {
        List<Leave> own = leaves(end.realm(), end.end(), who, now);
        List<GalleryRow> rows = new ArrayList<>();
        for (Place place : rack(end).places) {
            List<Leave> about = own.stream()
                    .filter(leave -> place.record.equals(leave.record()) || place.owner.equals(leave.owner()))
                    .toList();
            if (place.isVisible() && !about.isEmpty()) {
                rows.add(new GalleryRow(
                        place.number,
                        place.version,
                        place.record,
                        place.note,
                        about.stream().anyMatch(Leave::distances),
                        about.stream().anyMatch(Leave::pruned)));
            }
        }
        rows.sort(Comparator.comparing(GalleryRow::number));
        return rows;
    }

    @Override
    public synchronized List<Leave> leaves(String realm, End end, String who, Instant now) {
        List<Leave> all = new ArrayList<>();
        if (end == End.A) {
            for (GrantHalfRow half : cloud.halves()) {
                if (half.grantee().equals(who)
                        && !half.revoked()
                        && half.expiresAt().isAfter(now)) {
                    all.add(new Leave(half.id(), who, half.record(), null, true, false, half.expiresAt()));
                }
            }
        }
        kept(realm, end).stream()
                .map(Kept::leave)
                .filter(leave -> leave.grantee().equals(who) && leave.expires().isAfter(now))
                .forEach(all::add);
        return all;
    }

    private List<Kept> kept(String realm, End end) {
        return leaves.computeIfAbsent(List.of(realm, end), any -> new ArrayList<>());
    }

    @Override
    public synchronized List<Leave> leavesOf(String realm, End end, String owner, Instant now) {
        return kept(realm, end).stream()
                .filter(kept -> !kept.copied() && owner.equals(kept.leave().owner()))
                .map(Kept::leave)
                .filter(leave -> leave.expires().isAfter(now))
                .toList();
    }

    @Override
    public synchronized void giveLeave(String realm, End end, Leave leave) {
        kept(realm, end).add(new Kept(leave, false));
    }

    @Override
    public synchronized boolean takeLeave(String realm, End end, UUID leave, String owner) {
        return kept(realm, end)
                .removeIf(kept -> !kept.copied()
                        && kept.leave().id().equals(leave)
                        && owner.equals(kept.leave().owner()));
    }

    @Override
    public synchronized void copyLeaves(String realm, End end, String who, List<Leave> copied) {
        kept(realm, end)
                .removeIf(kept -> kept.copied() && kept.leave().grantee().equals(who));
        copied.forEach(leave -> kept(realm, end).add(new Kept(leave, true)));
    }

    @Override
    public synchronized void deposit(GalleryEnd end, UUID token, byte[] part) {
        received.add(part);
        Rack rack = rack(end);
        if (!rack.spent.contains(token)) {
            rack.tokens.computeIfAbsent(token, any -> new ArrayList<>()).add(part);
        }
    }

    @Override
    public synchronized long tokensLeft(GalleryEnd end) {
        return rack(end).tokens.size();
    }

    @Override
    public CompletableFuture<byte[]> answer(GalleryEnd end, String who, int[] rows, byte[] request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return answered(end, who, rows, request);
                    } catch (GalleryRefusedException refused) {
                        throw new CompletionException(refused);
                    } catch (SearchRefusedException refused) {
                        throw new CompletionException(new GalleryRefusedException(refused));
                    }
                },
                THREADS);
    }

    private byte[] answered(GalleryEnd end, String who, int[] rows, byte[] request)
            throws GalleryRefusedException, SearchRefusedException {
        ByteBuffer id = ByteBuffer.wrap(request, 2, 2 * Long.BYTES);
        UUID token = new UUID(id.getLong(), id.getLong());
        List<byte[]> parts = burned(end, token);
        Allowed allowed = Allowed.of(searchable(end, who, clock.instant()), rows);
        return searcher(end)
                .answer(
                        token,
                        parts,
                        request,
                        allowed.rows(),
                        allowed.distances(),
                        allowed.pruned(),
                        (after, turn) -> state(end, after, turn));
    }

    private synchronized Searcher searcher(GalleryEnd end) {
        return searchers.computeIfAbsent(end.rack() + end.end(), any -> new Searcher(end, wires));
    }

    private synchronized List<byte[]> burned(GalleryEnd end, UUID token) throws GalleryRefusedException {
        Rack rack = rack(end);
        if (rack.spent.size() >= most) {
            throw new GalleryRefusedException(Why.TOO_MANY);
        }
        List<byte[]> parts = rack.tokens.remove(token);
        rack.spent.add(token);
        if (parts == null) {
            throw new GalleryRefusedException(Why.TOKEN_SPENT_OR_UNKNOWN);
        }
        return parts;
    }

    private synchronized Searcher.State state(GalleryEnd end, long after, int turn) {
        Rack rack = rack(end);
        long from = rack.turn == turn ? after : 0;
        List<Searcher.Stored> rows = new ArrayList<>();
        for (Place place : rack.places) {
            Long born = place.born;
            Long gone = place.gone;
            if (born != null && (born > from || (gone != null && gone > from))) {
                rows.add(new Searcher.Stored(place.number, born, gone, place.body));
            }
        }
        return new Searcher.State(rack.turn, rack.epoch, rack.maskKey, rows);
    }
}
