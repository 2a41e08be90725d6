package io.shouwang.accounts;

import io.shouwang.host.Clock;
import io.shouwang.model.ResponderId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Who is logged in. Asked at every request, hence kept in memory; the table is for the next start.
 * A seat is made, ended or proved on the writer's thread, after its transaction. Any thread.
 */
public final class Seats {
  static final int PER_PERSON_MAX = 10;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43; // of 32 bytes in Base64 without padding
  private static final Duration SPENT_KEPT = Duration.ofDays(30);
  private static final Duration SEEN_WRITTEN_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Seat> seats = new ConcurrentHashMap<>();
  private final Map<String, Instant> seenWritten = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean loaded;

  /**
   * A seat just made.
   *
   * @param secret for the cookie; said this once
   */
  public record Fresh(String secret, Seat seat) {
    @Override
    public String toString() {
      return "Fresh[" + seat.name() + "]";
    }
  }

  Seats(Database database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /** Runs after a seat ended or changed, on any thread; must not block. */
  public void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * The seat whose cookie holds this secret.
   *
   * @throws Unavailable before the table was read: nobody is sent away for that
   */
  public Optional<Seat> find(String secret) {
    if (!loaded) {
      throw new Unavailable("people's accounts aren't open; try again soon");
    }
    return secret.length() == SECRET_LENGTH
        ? Optional.ofNullable(seats.get(Digest.hex(secret)))
        : Optional.empty();
  }

  /** The seat of this {@link Seat#hash}. */
  Optional<Seat> byHash(String hash) {
    return Optional.ofNullable(seats.get(hash));
  }

  /** All seats of one person, the newest first. */
  public List<Seat> of(Person person) {
    return seats.values().stream()
        .filter(seat -> seat.person().id().equals(person.id()))
        .sorted(Comparator.comparing(Seat::made).reversed().thenComparing(Seat::hash))
        .toList();
  }

  /** Whoever is logged in under this name, as they are now. */
  public Optional<Person> seated(ResponderId id) {
    return seats.values().stream()
        .map(Seat::person)
        .filter(person -> person.id().equals(id))
        .findAny();
  }

  /** Everybody who is logged in, each once. */
  public List<Person> people() {
    return seats.values().stream().map(Seat::person).distinct().toList();
  }

  /** All seats, locked ones among them, in no order. */
  public List<Seat> taken() {
    return List.copyOf(seats.values());
  }

  /** Somebody did something by hand at a live seat. */
  public void touch(Seat seat) {
    Instant now = clock.wall();
    seats.computeIfPresent(
        seat.hash(),
        (_, current) -> current.standing(now) == Seat.Standing.LIVE ? current.seen(now) : current);
  }

  /** Ends a seat of the caller's own; false if they have none of this name. */
  public boolean end(Person person, String name, Actor by) {
    List<Seat> ended = of(person).stream().filter(seat -> seat.name().equals(name)).toList();
    if (ended.isEmpty()) {
      return false;
    }
    Instant now = clock.wall();
    database.write(handle -> {
      delete(handle, ended);
      AuditTable.add(handle, by.entry(now, "logout", person.id().value(), "done", ""));
      return true;
    });
    forget(ended);
    return true;
  }

  /**
   * Locks a seat by hand: what was proved at it counts no more, so that the password must be
   * entered again. It stays, with its cookie, as one that locked by itself.
   *
   * @throws Unavailable when the database doesn't answer; then it isn't locked
   */
  public void lock(Seat seat, Actor by) {
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    if (seat.standing(now) != Seat.Standing.LIVE) {
      return;
    }
    Instant proved = now.minus(Seat.PROVED_MAX);
    database.write(handle -> {
      handle
          .createUpdate("UPDATE seat SET proved_ms = :proved WHERE hash = :hash")
          .bind("proved", proved.toEpochMilli())
          .bind("hash", seat.hash())
          .execute();
      AuditTable.add(handle, by.entry(now, "lock_seat", seat.person().id().value(), "done", ""));
      handle.afterCommit(() -> {
        seats.computeIfPresent(seat.hash(), (_, current) -> current.locked(proved));
        listeners.forEach(Runnable::run);
      });
      return true;
    });
  }

  /** Ends a seat nobody came back to. */
  public void endSpent(Seat seat) {
    forget(List.of(seat)); // first: it is over even while the disk doesn't answer
    boolean _ =
        database.writeLater(() ->
            database.inTransaction(handle -> {
              delete(handle, List.of(seat));
              AuditTable.add(
                  handle,
                  Actor.of(seat.person(), seat.address())
                      .entry(clock.wall(), "seat_spent", seat.person().id().value(), "done", ""));
              return true;
            }));
  }

  // On the writer's thread

  /** Reads the table. */
  void load(Handle handle) {
    Map<String, Person> people = new HashMap<>();
    PersonRow.all(handle).forEach(person -> people.put(person.id().value(), person));
    seats.clear();
    handle
        .createQuery("SELECT * FROM seat")
        .map((row, context) ->
            new Seat(
                row.getString("hash"),
                Objects.requireNonNull(people.get(row.getString("person"))),
                Instant.ofEpochMilli(row.getLong("made_ms")),
                Instant.ofEpochMilli(row.getLong("proved_ms")),
                Instant.ofEpochMilli(row.getLong("seen_ms")),
                row.getString("address"),
                row.getInt("signed_on") != 0))
        .forEach(seat -> seats.put(seat.hash(), seat));
    loaded = true;
  }

  /** Makes a seat, in the caller's transaction; {@link #admit} it after. */
  Fresh make(Handle handle, Person person, String address, boolean signedOn) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    Seat seat = new Seat(Digest.hex(secret), person, now, now, now, address, signedOn);
    handle
        .createUpdate(
            "INSERT INTO seat (hash, person, made_ms, proved_ms, seen_ms, address, signed_on)"
                + " VALUES (:hash, :person, :now, :now, :now, :address, :signed_on)")
        .bind("hash", seat.hash())
        .bind("person", person.id().value())
        .bind("now", now.toEpochMilli())
        .bind("address", address)
        .bind("signed_on", signedOn ? 1 : 0)
        .execute();
    return new Fresh(secret, seat);
  }

  /** Lets a seat in whose transaction is on disk. */
  void admit(Fresh fresh) {
    seats.put(fresh.seat().hash(), fresh.seat());
  }

  /** The person's oldest seats, so that with one more they are not too many. */
  List<Seat> surplus(Person person) {
    List<Seat> all = of(person);
    return all.size() < PER_PERSON_MAX ? List.of() : all.subList(PER_PERSON_MAX - 1, all.size());
  }

  void delete(Handle handle, List<Seat> ended) {
    for (Seat seat : ended) {
      handle
          .createUpdate("DELETE FROM seat WHERE hash = :hash")
          .bind("hash", seat.hash())
          .execute();
    }
  }

  void forget(List<Seat> ended) {
    for (Seat seat : ended) {
      seats.remove(seat.hash());
      seenWritten.remove(seat.hash());
    }
    if (!ended.isEmpty()) {
      listeners.forEach(Runnable::run);
    }
  }

  /** The password was entered again at a seat. */
  void prove(Handle handle, Seat seat, Instant now) {
    handle
        .createUpdate("UPDATE seat SET proved_ms = :now, seen_ms = :now WHERE hash = :hash")
        .bind("now", now.toEpochMilli())
        .bind("hash", seat.hash())
        .execute();
  }

  void proved(Seat seat, Instant now) {
    seats.computeIfPresent(seat.hash(), (_, current) -> current.proved(now));
    listeners.forEach(Runnable::run);
  }

  /** What is said of a person changed, and they stay logged in. */
  void rename(Person person, Predicate<Seat> which) {
    for (Seat seat : of(person)) {
      if (which.test(seat)) {
        seats.computeIfPresent(seat.hash(), (_, current) -> current.of(person));
      }
    }
  }

  /** Writes down who was seen lately, for the next start; ends what nobody came back to. */
  void tend() {
    if (!loaded) {
      return;
    }
    Instant longAgo = clock.wall().minus(SPENT_KEPT);
    for (Seat seat : List.copyOf(seats.values())) {
      if (seat.standing(longAgo) == Seat.Standing.SPENT) {
        endSpent(seat);
      }
    }
    List<Seat> late = new ArrayList<>();
    for (Seat seat : seats.values()) {
      Instant before = seenWritten.getOrDefault(seat.hash(), seat.proved());
      if (seat.seen().isAfter(before.plus(SEEN_WRITTEN_EVERY))) {
        late.add(seat);
      }
    }
    if (late.isEmpty()) {
      return;
    }
    boolean _ =
        database.writeLater(() -> {
          boolean _ =
              database.inTransaction(handle -> {
                for (Seat seat : late) {
                  handle
                      .createUpdate("UPDATE seat SET seen_ms = :seen WHERE hash = :hash")
                      .bind("seen", seat.seen().toEpochMilli())
                      .bind("hash", seat.hash())
                      .execute();
                }
                return true;
              });
          late.forEach(seat -> seenWritten.put(seat.hash(), seat.seen()));
          seenWritten.keySet().retainAll(Set.copyOf(seats.keySet()));
        });
  }

  int count() {
    return seats.size();
  }
}
