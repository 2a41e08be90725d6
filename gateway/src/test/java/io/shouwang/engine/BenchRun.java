package io.shouwang.engine;

import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The core as the engine turns it, without journal and network: time passes, looks fall due, events
 * are decided. Whatever rings, the duty desk ends in the next round.
 */
final class BenchRun {
  static final int ROUND_EVENTS = 2_048;

  /** How often a home says something, on the average. */
  static final long HOME_SAYS_EVERY_NANOS = 300_000_000_000L;

  private static final ResponderId DESK = new ResponderId(BenchCity.DESK);

  private final World world;
  private final BenchEvents events;
  private final long roundNanos;
  private final State state = new State();
  private List<AlertId> rung = new ArrayList<>();
  private Instant exact;
  private long number;
  private long looks;
  private long alerts;

  BenchRun(World world, BenchEvents events, int homes, Instant start) {
    this.exact = start;
    this.world = world;
    this.events = events;
    this.roundNanos = HOME_SAYS_EVERY_NANOS / homes * ROUND_EVENTS;
    world.directory().eachHome(home -> state.look(home, start.plusMillis(lookAfter(home)), false));
  }

  /** As after a start: every home within a minute. */
  private static long lookAfter(HomeId home) {
    return Math.floorMod(home.hashCode() * 31L, 60_000);
  }

  /** Decides a round of events, and what has fallen due before them. */
  long round() {
    exact = exact.plusNanos(roundNanos);
    Instant now = Instant.ofEpochMilli(exact.toEpochMilli());
    List<AlertId> ended = rung;
    rung = new ArrayList<>();
    for (AlertId alert : ended) {
      take(
          new Input.ReplyReceived(
              new Reply(null, alert, Reply.Answer.DONE, null, "test", null), DESK, false, "bench"),
          now);
    }
    HomeId due;
    while ((due = state.pollDue(now)) != null) {
      looks++;
      take(new Input.TimePassed(due), now);
    }
    for (int i = 0; i < ROUND_EVENTS; i++) {
      take(new Input.EventReceived(events.next(now)), now);
    }
    return number;
  }

  /** As the engine takes an input. */
  private void take(Input input, Instant now) {
    Stamp stamp = new Stamp(++number, now);
    HomeId home = state.homeOf(input, world.directory());
    if (home == null) {
      return;
    }
    Decision decision = Core.decide(world, state.home(home), input, stamp);
    if (input instanceof Input.TimePassed) {
      state.look(home, decision.lookAt(), true);
    }
    state.take(stamp, input, decision.facts());
    for (Fact fact : decision.facts()) {
      if (fact instanceof Fact.Raised raised) {
        alerts++;
        rung.add(raised.alert());
      }
    }
    Home after = decision.home();
    if (!decision.facts().isEmpty() || decision.heard() != null) {
      state.put(after);
      if (decision.lookAt() != null) {
        state.look(home, decision.lookAt(), false);
      }
    }
  }

  State state() {
    return state;
  }

  /** How many looks there were, and alerts. */
  long looks() {
    return looks;
  }

  long alerts() {
    return alerts;
  }

  long number() {
    return number;
  }
}
