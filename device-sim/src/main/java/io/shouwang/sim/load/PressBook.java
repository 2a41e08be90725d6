package io.shouwang.sim.load;

import io.shouwang.sim.message.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Which press rang which alert. The contract's alert names its home and not the event, so each
 * press comes from a home of its own, and the first new ring for that home is its ring.
 * Thread-safe.
 */
public final class PressBook {
  private static final long LONGEST_NANOS = Duration.ofMinutes(30).toNanos();

  /** Clocks of two machines, and the rounding of times in messages. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final class Press {
    final Instant at;
    final long intendedNanos;
    final boolean measured;
    @Nullable String alert;

    Press(Instant at, long intendedNanos, boolean measured) {
      this.at = at;
      this.intendedNanos = intendedNanos;
      this.measured = measured;
    }
  }

  private final Map<String, Press> byHome = new HashMap<>();
  private final Set<String> deliveries = new HashSet<>();
  private final Set<String> openHomes = new HashSet<>();
  private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
  private int rung;
  private int older;
  private int doubled;
  private int unreadable;
  private int redelivered;

  /** What a message of the alerts topic turned out to be. */
  public enum Heard {
    /** The ring of a press of ours, for the first time. */
    RING,
    /** A further ring, somebody else's, or one from before the run. */
    OTHER,
    /** The same delivery again. */
    SAME
  }

  /** A press leaves {@code home}, which has not pressed before. */
  public synchronized void pressed(String home, Instant at, long intendedNanos, boolean measured) {
    if (byHome.putIfAbsent(home, new Press(at, intendedNanos, measured)) != null) {
      throw new IllegalStateException(home + " has pressed already");
    }
  }

  /** An alert came to the responder. */
  public synchronized Heard heard(Alert alert, long nowNanos) {
    if (alert.delivery() != null && !deliveries.add(alert.delivery())) {
      redelivered++;
      return Heard.SAME;
    }
    String home = alert.home().id();
    if (home == null || !"sos".equals(alert.kind()) || alert.closed()) {
      return Heard.OTHER;
    }
    Press press = byHome.get(home);
    if (press == null) {
      openHomes.add(home);
      return Heard.OTHER;
    }
    if (press.alert != null) {
      if (!press.alert.equals(alert.id())) {
        doubled++;
      }
      return Heard.OTHER;
    }
    press.alert = alert.id();
    rung++;
    Instant raised = alert.raisedAt();
    if (raised != null && raised.isBefore(press.at.minus(TOLERANCE))) {
      // The home had an alert from before the run; its ring may have been due anyway.
      older++;
      return Heard.OTHER;
    }
    if (press.measured) {
      latency.recordValue(Math.clamp(nowNanos - press.intendedNanos, 0L, LONGEST_NANOS));
    }
    return Heard.RING;
  }

  /** Something came that is no alert. */
  public synchronized void unreadable() {
    unreadable++;
  }

  /** Whether an alert was open in this home before the run: its next ring would prove nothing. */
  public synchronized boolean open(String home) {
    return openHomes.contains(home);
  }

  public synchronized int presses() {
    return byHome.size();
  }

  public synchronized int rung() {
    return rung;
  }

  /** Presses that rang on an alert older than themselves; not in the latencies. */
  public synchronized int older() {
    return older;
  }

  /** Homes for which one press opened a second alert. */
  public synchronized int doubled() {
    return doubled;
  }

  public synchronized int unreadableCount() {
    return unreadable;
  }

  public synchronized int redelivered() {
    return redelivered;
  }

  /** Nanoseconds from the press's intended time to its first ring. */
  public synchronized Histogram latency() {
    return latency.copy();
  }

  /** Whether each press rang, and none opened two alerts. */
  public synchronized boolean eachRang() {
    return rung == byHome.size() && doubled == 0 && unreadable == 0;
  }
}
