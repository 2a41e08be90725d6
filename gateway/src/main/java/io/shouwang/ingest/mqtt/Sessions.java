package io.shouwang.ingest.mqtt;

import io.shouwang.host.Clock;
import io.shouwang.ingest.mqtt.MqttSettings.Limits;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.Input;
import io.shouwang.model.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which client is connected, and what is kept for one that isn't (MQTT 5.0 section 4.1). Any
 * thread; one lock, taken when clients come, go and subscribe, and never for a message.
 */
final class Sessions {
  /** Looking through all sessions takes a moment with many. */
  private static final Duration EXPIRY_CHECK = Duration.ofMinutes(1);

  private final Limits limits;
  private final Clock clock;
  private final Intake intake;
  private final MqttCounters counters;
  private final Map<String, Seat> seats = new HashMap<>();
  private final Map<String, List<Connection>> connected = new HashMap<>();

  private final Queue<PendingWill> wills =
      new PriorityQueue<>(Comparator.comparingLong(PendingWill::dueNanos));

  /** Clients whose kept session has changed since the journal was told. */
  private final Set<String> changed = new LinkedHashSet<>();

  private boolean asked;
  private int kept;
  private long expiredNanos;

  /** A client id's place. Guarded by the sessions' lock, but for what the holder owns. */
  private static final class Seat {
    /** Who came last; those it took the seat from may still be on their way out. */
    private @Nullable Connection holder;

    /** Connections that entered and haven't left yet. */
    private int occupants;

    private Outbox outbox = new Outbox();
    private @Nullable Integer qos;
    private long expirySeconds;
    private @Nullable Instant endedAt;

    /** Whether the journal was told of a session, and so must be told of its end. */
    private boolean told;

    private @Nullable PendingWill will;
    private int takeovers;
    private long takeoversSinceNanos;
  }

  /**
   * The will of a client that went without a goodbye.
   *
   * @param dueNanos when it fires, on the monotonic clock
   * @param fire runs it on its connection's loop
   */
  record PendingWill(long dueNanos, Runnable fire) {}

  /** What a connecting client finds. */
  sealed interface Entry {
    record Free() implements Entry {}

    /** The connection that has to end first. */
    record TakenFrom(Connection previous) implements Entry {}

    record Refused(Reason reason) implements Entry {}
  }

  /**
   * The session a connection holds.
   *
   * @param subscribedQos as granted before, or null
   */
  record Held(
      boolean present, Outbox outbox, @Nullable Integer subscribedQos, long expirySeconds) {}

  Sessions(
      Limits limits,
      Clock clock,
      Intake intake,
      MqttCounters counters,
      Collection<Session> journalled) {
    this.limits = limits;
    this.clock = clock;
    this.intake = intake;
    this.counters = counters;
    this.expiredNanos = clock.nanos();
    Instant now = clock.wall();
    for (Session session : journalled) {
      Seat seat = new Seat();
      seat.expirySeconds = session.expirySeconds();
      seat.qos = session.subscribedQos();
      seat.endedAt = session.endedAt() == null ? now : session.endedAt();
      seat.told = true;
      seats.put(session.client(), seat);
      kept++;
    }
  }

  /**
   * Takes the client's seat, or says who must leave it first. The connection must leave in the end.
   */
  synchronized Entry enter(Connection connection) {
    Seat seat = seats.computeIfAbsent(connection.client(), client -> new Seat());
    Connection previous = seat.holder;
    List<Connection> others = connected.getOrDefault(connection.peer().id(), List.of());
    if (previous == null && others.size() >= limits.clientsPerResponderMax()) {
      removeIfEmpty(connection.client(), seat);
      return new Entry.Refused(Reason.QUOTA_EXCEEDED);
    }
    if (previous != null && isStorm(seat)) {
      return new Entry.Refused(Reason.CONNECTION_RATE_EXCEEDED);
    }
    seat.holder = connection;
    seat.occupants++;
    List<Connection> now = new ArrayList<>(others);
    now.remove(previous);
    now.add(connection);
    connected.put(connection.peer().id(), now);
    return previous == null ? new Entry.Free() : new Entry.TakenFrom(previous);
  }

  private boolean isStorm(Seat seat) {
    long now = clock.nanos();
    if (seat.takeovers == 0 || now - seat.takeoversSinceNanos > limits.takeoverWindow().toNanos()) {
      seat.takeovers = 0;
      seat.takeoversSinceNanos = now;
    }
    seat.takeovers++;
    return seat.takeovers > limits.takeoversMax();
  }

  /** Hands the session over, once the connection before has left. */
  Held claim(Connection connection, boolean cleanStart, long expiryAskedSeconds) {
    PendingWill will;
    Held held;
    synchronized (this) {
      Seat seat = seat(connection.client());
      boolean present = !cleanStart && seat.endedAt != null && !isOver(seat, clock.wall());
      if (!present) {
        seat.outbox = new Outbox();
        seat.qos = null;
      }
      keep(seat, Math.min(expiryAskedSeconds, limits.sessionExpiryMax().toSeconds()));
      seat.endedAt = null;
      will = seat.will;
      seat.will = null;
      if (will != null) {
        wills.remove(will);
      }
      held = new Held(present, seat.outbox, seat.qos, seat.expirySeconds);
      change(connection.client(), seat, connection.executor());
    }
    if (will != null && !held.present()) {
      // Its session has ended before its delay did.
      will.fire().run();
    }
    return held;
  }

  /** Sets how long a session is kept; none if too many are. */
  private void keep(Seat seat, long expirySeconds) {
    long seconds = expirySeconds;
    if (seat.expirySeconds == 0 && seconds > 0 && kept >= limits.sessionsMax()) {
      counters.sessionNotKept();
      seconds = 0;
    }
    kept += (seconds > 0 ? 1 : 0) - (seat.expirySeconds > 0 ? 1 : 0);
    seat.expirySeconds = seconds;
  }

  synchronized void subscribed(Connection connection, @Nullable Integer qos) {
    Seat seat = seat(connection.client());
    seat.qos = qos;
    change(connection.client(), seat, connection.executor());
  }

  /**
   * Gives the seat up. What the client hasn't confirmed is kept with its session.
   *
   * @param claimed whether the connection ever held the session
   * @param expirySeconds how long it is kept from now, or null for what was agreed
   * @param will one that waits for its delay, or null
   */
  void leave(
      Connection connection,
      boolean claimed,
      @Nullable Long expirySeconds,
      @Nullable PendingWill will) {
    boolean due;
    synchronized (this) {
      Seat seat = seat(connection.client());
      List<Connection> others = new ArrayList<>();
      for (Connection other : connected.getOrDefault(connection.peer().id(), List.of())) {
        if (other != connection) {
          others.add(other);
        }
      }
      if (others.isEmpty()) {
        connected.remove(connection.peer().id());
      } else {
        connected.put(connection.peer().id(), others);
      }
      seat.occupants--;
      if (seat.occupants == 0) {
        seat.holder = null;
      }
      if (claimed) {
        if (expirySeconds != null) {
          keep(seat, Math.min(expirySeconds, limits.sessionExpiryMax().toSeconds()));
        }
        seat.outbox.forgetWaiting();
        seat.endedAt = clock.wall();
        due = seat.expirySeconds == 0 || (will != null && will.dueNanos() <= clock.nanos());
        if (seat.expirySeconds == 0) {
          end(seat);
        }
        if (!due && will != null) {
          // The session's end is the will's time at the latest (3.1.3.2.2).
          long endNanos = clock.nanos() + TimeUnit.SECONDS.toNanos(seat.expirySeconds);
          seat.will = new PendingWill(Math.min(will.dueNanos(), endNanos), will.fire());
          wills.add(seat.will);
        }
        change(connection.client(), seat, connection.executor());
      } else {
        due = true;
      }
      removeIfEmpty(connection.client(), seat);
    }
    if (due && will != null) {
      will.fire().run();
    }
  }

  private void end(Seat seat) {
    keep(seat, 0);
    seat.outbox = new Outbox();
    seat.qos = null;
    seat.endedAt = null;
  }

  private void removeIfEmpty(String client, Seat seat) {
    if (seat.occupants == 0 && seat.expirySeconds == 0 && !seat.told) {
      seats.remove(client);
    }
  }

  private static boolean isOver(Seat seat, Instant now) {
    return seat.endedAt != null && !now.isBefore(seat.endedAt.plusSeconds(seat.expirySeconds));
  }

  /** Fires the wills whose delay is over, and now and then ends the sessions whose time is. */
  void passTime(Executor executor) {
    List<PendingWill> due = new ArrayList<>();
    synchronized (this) {
      long now = clock.nanos();
      for (PendingWill will = wills.peek();
          will != null && will.dueNanos() <= now;
          will = wills.peek()) {
        due.add(wills.remove());
      }
      if (now - expiredNanos >= EXPIRY_CHECK.toNanos()) {
        expiredNanos = now;
        expire(executor);
      }
    }
    due.forEach(will -> will.fire().run());
  }

  private void expire(Executor executor) {
    Instant now = clock.wall();
    for (Map.Entry<String, Seat> entry : List.copyOf(seats.entrySet())) {
      Seat seat = entry.getValue();
      if (seat.occupants == 0 && isOver(seat, now)) {
        end(seat);
        change(entry.getKey(), seat, executor);
        removeIfEmpty(entry.getKey(), seat);
      }
    }
  }

  synchronized @Nullable Connection holder(String client) {
    Seat seat = seats.get(client);
    return seat == null ? null : seat.holder;
  }

  synchronized List<Connection> connectedAs(String identity) {
    return List.copyOf(connected.getOrDefault(identity, List.of()));
  }

  synchronized int keptCount() {
    return kept;
  }

  private Seat seat(String client) {
    Seat seat = seats.get(client);
    if (seat == null) {
      throw new IllegalStateException("a connection keeps its seat until it leaves");
    }
    return seat;
  }

  private void change(String client, Seat seat, Executor executor) {
    if (seat.told || seat.expirySeconds > 0) {
      changed.add(client);
      tell(executor);
    }
  }

  /** Tells the journal each changed session as it is now; what finds no room is told later. */
  private synchronized void tell(Executor executor) {
    var clients = changed.iterator();
    while (clients.hasNext()) {
      String client = clients.next();
      Seat seat = seats.get(client);
      if (seat == null || (!seat.told && seat.expirySeconds == 0)) {
        clients.remove();
        continue;
      }
      Input input =
          seat.expirySeconds > 0
              ? new Input.SessionKept(
                  new Session(client, seat.expirySeconds, seat.qos, seat.endedAt))
              : new Input.SessionDropped(client);
      if (!intake.offer(
          new Submission(input, Lane.TELEMETRY, clock.nanos(), Acknowledgement.NONE))) {
        ask(executor);
        return;
      }
      clients.remove();
      seat.told = seat.expirySeconds > 0;
      removeIfEmpty(client, seat);
    }
  }

  private void ask(Executor executor) {
    if (!asked) {
      asked = true;
      intake.whenRoom(
          Lane.TELEMETRY,
          () -> {
            try {
              executor.execute(() -> tellAgain(executor));
            } catch (RejectedExecutionException e) {
              // The endpoint is closed: at the next start every session counts as ended.
            }
          });
    }
  }

  private synchronized void tellAgain(Executor executor) {
    asked = false;
    tell(executor);
  }
}
