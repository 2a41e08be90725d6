package io.shouwang.accounts;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the record is as it was written: once a day, and when somebody asks. One walk
 * at a time, on a thread of its own, in many short looks. Any thread.
 */
public final class ChainCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ChainCheck.class);
  private static final Duration EVERY = Duration.ofDays(1);

  /** A start has enough to do. */
  private static final Duration FIRST_AFTER = Duration.ofMinutes(10);

  private final AuditLog log;
  private final Clock clock;
  private State state = new State.Never();
  private @Nullable Instant next;

  /** How it stands. */
  public sealed interface State {
    /** Since the start nobody looked. */
    record Never() implements State {}

    /**
     * A walk is under way.
     *
     * @param walked so many entries are as they were written
     */
    record Walking(Instant since, long walked) implements State {}

    /** A walk came to its end. */
    record Done(Instant at, AuditVerdict verdict) implements State {}

    /** The database didn't answer. */
    record Failed(Instant at, String why) implements State {}
  }

  ChainCheck(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  public synchronized State state() {
    return state;
  }

  /** Begins a walk, unless one is under way. */
  public void begin() {
    synchronized (this) {
      if (state instanceof State.Walking) {
        return;
      }
      state = new State.Walking(clock.wall(), 0);
      next = clock.wall().plus(EVERY);
    }
    Thread.ofVirtual().name("record-check").start(this::walk);
  }

  /** Begins one when it is time. */
  void tend() {
    synchronized (this) {
      if (next == null) {
        next = clock.wall().plus(FIRST_AFTER);
      }
      if (clock.wall().isBefore(next)) {
        return;
      }
    }
    begin();
  }

  private void walk() {
    AuditTable.Walk walk = AuditTable.Walk.START;
    try {
      while (walk.verdict() == null) {
        walk = log.step(walk);
        walked(walk.number());
      }
      end(new State.Done(clock.wall(), walk.verdict()));
      if (walk.verdict() instanceof AuditVerdict.Broken broken) {
        LOG.error("the record is broken at entry {}: {}", broken.number(), broken.why());
      }
    } catch (Unavailable e) {
      end(new State.Failed(clock.wall(), e.words()));
    } catch (RuntimeException | Error e) {
      end(new State.Failed(clock.wall(), "the log says why"));
      LOG.error("the record can't be checked", e);
      throw e;
    }
  }

  private synchronized void walked(long entries) {
    if (state instanceof State.Walking walking) {
      state = new State.Walking(walking.since(), entries);
    }
  }

  private synchronized void end(State ended) {
    state = ended;
  }

  /** What is wrong, for people. */
  synchronized Optional<String> trouble() {
    return state instanceof State.Done(Instant at, AuditVerdict.Broken broken)
        ? Optional.of("the record of looks is broken at entry " + broken.number() + ", found " + at)
        : Optional.empty();
  }
}
