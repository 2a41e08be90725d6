package io.shouwang.engine;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices an engine that no longer turns: a sync that hangs, a decision without end. Checked about
 * once a second by somebody else's thread. Unready after a few seconds; past the limit the process
 * must go, since a gateway that takes nothing in and says nothing is the worst there is.
 */
public final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** What the last check found. */
  public enum Pulse {
    TURNING,
    STALLED,
    DEAD
  }

  /** What is watched. */
  public interface Watched {
    /** Rises with each turn. */
    long turns();

    /** What it is doing at the moment. */
    StackTraceElement[] stack();
  }

  private final Watched engine;
  private final Clock clock;
  private final Duration stalledAfter;
  private final Duration deadAfter;
  private long turns = -1;
  private long movedNanos;
  private volatile Pulse pulse = Pulse.TURNING;

  public Watchdog(Watched engine, Clock clock, Duration stalledAfter, Duration deadAfter) {
    this.engine = engine;
    this.clock = clock;
    this.stalledAfter = stalledAfter;
    this.deadAfter = deadAfter;
    this.movedNanos = clock.nanos();
  }

  /** The latest finding. Any thread. */
  public Pulse pulse() {
    return pulse;
  }

  /** Looks whether the engine has turned since the last look. One thread. */
  public Pulse check() {
    long now = clock.nanos();
    long seen = engine.turns();
    if (seen != turns) {
      turns = seen;
      movedNanos = now;
    }
    Duration still = Duration.ofNanos(now - movedNanos);
    Pulse found =
        still.compareTo(deadAfter) >= 0
            ? Pulse.DEAD
            : still.compareTo(stalledAfter) >= 0 ? Pulse.STALLED : Pulse.TURNING;
    if (found != pulse) {
      LOG.error("engine {} after {} without a turn; it is at\n{}", found, still, where());
    }
    pulse = found;
    return found;
  }

  private String where() {
    return Arrays.stream(engine.stack())
        .map(frame -> "  at " + frame)
        .collect(Collectors.joining("\n"));
  }
}
