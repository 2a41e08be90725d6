package io.shouwang.audit;

import io.shouwang.engine.Watchdog;
import io.shouwang.host.Clock;
import io.shouwang.journal.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * All that tells whether the gateway is well, put together once a second: what the auditor found,
 * whether it gets through, whether the engine turns and takes alarms in, whether the synthetic
 * alarm comes through. What stands is told by the alarm, and keeps the heartbeat in the house.
 * Looks at memory alone, since it must not wait for a slow disk.
 */
public final class SecondSight {
  /** A stop of the whole process is over before anybody is told of it. */
  private static final Duration STALLED_FOR = Duration.ofSeconds(5);

  private static final Duration STOOD_STILL = Duration.ofSeconds(10);
  private static final Duration CATCHES_UP_WITHIN = Duration.ofSeconds(90);

  private static final Duration FULL_FOR = Duration.ofSeconds(30);
  private static final Duration BEHIND_FOR = Duration.ofMinutes(1);

  /** At a start it reads what was written since the last snapshot. */
  private static final Duration FIRST_WITHIN = Duration.ofMinutes(30);

  /**
   * What it looks at.
   *
   * @param laneFull whether alarms can't be taken in at the moment
   * @param synthetic empty while switched off
   */
  public record Looks(
      Auditor auditor,
      Supplier<Watchdog.Pulse> pulse,
      BooleanSupplier laneFull,
      Supplier<Space> space,
      Optional<SyntheticAlarm> synthetic) {}

  private final Looks looks;
  private final Alarm alarm;
  private final Heartbeat heartbeat;
  private final Since stalled;
  private final Since full;
  private final Clock clock;
  private long lookedNanos;
  private long wokeNanos;
  private boolean justWoke;
  private volatile List<Finding> standing = List.of();

  public SecondSight(Looks looks, Clock clock, Alarm alarm, Heartbeat heartbeat) {
    this.looks = looks;
    this.clock = clock;
    this.lookedNanos = clock.nanos();
    this.alarm = alarm;
    this.heartbeat = heartbeat;
    this.stalled = new Since(clock);
    this.full = new Since(clock);
  }

  /** How long something has held without a break. One thread. */
  private static final class Since {
    private final Clock clock;
    private long sinceNanos;
    private boolean held;

    Since(Clock clock) {
      this.clock = clock;
    }

    boolean holdsFor(boolean holds, Duration least) {
      if (holds && !held) {
        sinceNanos = clock.nanos();
      }
      held = holds;
      return holds && clock.nanos() - sinceNanos >= least.toNanos();
    }
  }

  /** What is wrong; empty while all is well. Any thread. */
  public List<Finding> standing() {
    return standing;
  }

  /** Looks, tells and beats; to be called about once a second, by one thread. */
  public void look() {
    boolean waking = isWaking();
    List<Finding> found = new ArrayList<>(looks.auditor().findings());
    boolean turns = looks.pulse().get() == Watchdog.Pulse.TURNING;
    if (stalled.holdsFor(!turns, STALLED_FOR)) {
      found.add(
          Finding.ofGateway(
              Finding.What.ENGINE_STALLED, "the engine doesn't turn: nothing is taken in or rung"));
    }
    if (full.holdsFor(looks.laneFull().getAsBoolean(), FULL_FOR)) {
      found.add(
          Finding.ofGateway(
              Finding.What.LANE_FULL,
              "more alarms come in than are decided, for " + FULL_FOR.toSeconds() + " s"));
    }
    if (looks.space().get() == Space.EXHAUSTED) {
      found.add(
          Finding.ofGateway(
              Finding.What.DISK_FULL, "the disk is full, and the reserve for alarms used up"));
    }
    Duration within = looks.auditor().hasLooked() ? BEHIND_FOR : FIRST_WITHIN;
    if (!waking && looks.auditor().age().compareTo(within) > 0) {
      found.add(
          Finding.ofGateway(
              Finding.What.AUDIT_BEHIND,
              "the auditor got through last " + looks.auditor().age().toSeconds() + " s ago"));
    }
    if (!waking) {
      looks.synthetic().flatMap(SyntheticAlarm::finding).ifPresent(found::add);
    }
    standing = List.copyOf(found);
    alarm.tell(standing);
    heartbeat.beat(!waking && standing.isEmpty() && turns && looks.auditor().hasLooked());
  }

  /**
   * Whether the process, or the machine, has just stood still as a whole: then all that is judged
   * by its age is old, and gets a moment to catch up. Not a beat goes out meanwhile.
   */
  private boolean isWaking() {
    long now = clock.nanos();
    if (now - lookedNanos > STOOD_STILL.toNanos()) {
      wokeNanos = now;
      justWoke = true;
    }
    lookedNanos = now;
    justWoke &= now - wokeNanos < CATCHES_UP_WITHIN.toNanos();
    return justWoke;
  }
}
