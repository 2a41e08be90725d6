package io.shouwang.backtest;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.engine.Decided;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One home's state under one set of rules, on virtual time: deadlines and looks come at their own
 * moment before the next input, as the engine would have had them. Pure but for its own state; one
 * thread at a time. Times must not go back.
 */
final class HomeRun {
  /** What a run is told and asked while it goes. */
  interface Course {
    /** An alert rang. */
    void raised(HomeRun run, Alert alert);

    /**
     * When an alert counts as handled and is closed, if nobody closed it by then.
     *
     * @return null for never
     */
    @Nullable Instant handledAt(Alert alert);
  }

  /** How an alert that nobody closed ended. */
  static final String HANDLED = "handled";

  private static final long NEVER = Long.MAX_VALUE;

  private record Handling(long atMillis, Alert alert) {}

  private final Course course;
  private final boolean ladders;
  private List<Handling> handlings = List.of();
  private Home home;
  private long look = NEVER;
  private long next = NEVER;
  private long now = Long.MIN_VALUE;
  private long number;
  private long undecided;

  /**
   * @param ladders whether ladders are climbed; if not, only rules are asked, which is faster
   */
  HomeRun(Home home, boolean ladders, Course course) {
    this.home = home;
    this.ladders = ladders;
    this.course = course;
  }

  /** The same home at this moment, going its own way from here. */
  HomeRun fork(Course other) {
    HomeRun copy = new HomeRun(home, ladders, other);
    copy.look = look;
    copy.now = now;
    copy.number = number;
    copy.handlings = List.copyOf(handlings);
    copy.arm();
    return copy;
  }

  Home home() {
    return home;
  }

  HomeId id() {
    return home.id();
  }

  /** Engine time of the latest decision, in milliseconds. */
  long nowMillis() {
    return now;
  }

  /** How many inputs could not be decided. */
  long undecided() {
    return undecided;
  }

  /** When it would do something by itself; {@link Long#MAX_VALUE} if it would not. */
  long nextMillis() {
    return next;
  }

  /** Asks the rules to look at the home again by then. */
  void lookBy(long atMillis) {
    if (atMillis < look) {
      look = atMillis;
      arm();
    }
  }

  /** Lets time pass up to and with a moment. */
  void advance(World world, long toMillis) {
    while (next <= toMillis) {
      long due = Math.max(next, now);
      Handling handling = dueHandling(due);
      if (handling == null) {
        passTime(world, due);
      } else {
        handle(world, handling, due);
      }
    }
    now = Math.max(now, toMillis);
  }

  /** Takes an input; all that is due before comes first. */
  void take(World world, Input input, long atMillis) {
    advance(world, atMillis);
    Decision decision = decide(world, input, atMillis);
    home = decision.home();
    Instant asked = decision.lookAt();
    if (asked != null) {
      look = Math.min(look, asked.toEpochMilli());
    }
    settle(decision);
  }

  /** Takes over what was decided elsewhere, without deciding. */
  void apply(Decided then) {
    Home after = home;
    if (then.heard() != null && then.input() instanceof Input.EventReceived received) {
      after = after.hear(received.event(), then.heard());
    }
    for (Fact fact : then.facts()) {
      after = after.apply(fact, then.stamp());
    }
    home = after;
    now = Math.max(now, then.stamp().now().toEpochMilli());
    for (Fact fact : then.facts()) {
      if (fact instanceof Fact.Raised raised) {
        home.alert(raised.alert()).ifPresent(this::expectHandling);
      }
    }
    arm();
  }

  private void passTime(World world, long due) {
    Decision decision = decide(world, new Input.TimePassed(home.id()), due);
    home = decision.home();
    Instant asked = decision.lookAt();
    // A look that does not move would be due for ever.
    look = asked == null ? NEVER : Math.max(asked.toEpochMilli(), due + 1);
    settle(decision);
  }

  private Decision decide(World world, Input input, long atMillis) {
    now = atMillis;
    Stamp stamp = new Stamp(++number, Instant.ofEpochMilli(atMillis));
    try {
      return Core.decide(world, home, input, stamp);
    } catch (RuntimeException e) {
      undecided++;
      return Core.undecided(world, home, input, stamp, e.getClass().getSimpleName());
    }
  }

  private void settle(Decision decision) {
    for (Fact fact : decision.facts()) {
      if (fact instanceof Fact.Raised raised) {
        Alert alert = home.alert(raised.alert()).orElseThrow();
        course.raised(this, alert);
        expectHandling(alert);
      }
    }
    arm();
  }

  private void expectHandling(Alert alert) {
    Instant handledAt = course.handledAt(alert);
    if (handledAt != null) {
      List<Handling> more = new ArrayList<>(handlings);
      more.add(new Handling(Math.max(handledAt.toEpochMilli(), now + 1), alert));
      handlings = more;
    }
  }

  private void arm() {
    next = look;
    for (Handling handling : handlings) {
      next = Math.min(next, handling.atMillis);
    }
    if (ladders) {
      Instant deadline = home.deadline();
      if (deadline != null) {
        next = Math.min(next, deadline.toEpochMilli());
      }
    }
  }

  private @Nullable Handling dueHandling(long atMillis) {
    for (Handling handling : handlings) {
      if (handling.atMillis <= atMillis) {
        return handling;
      }
    }
    return null;
  }

  private void handle(World world, Handling handling, long atMillis) {
    List<Handling> rest = new ArrayList<>(handlings);
    rest.remove(handling);
    handlings = rest;
    if (home.alert(handling.alert.id()).filter(Alert::isOpen).isPresent()) {
      Reply done =
          new Reply(null, handling.alert.id(), Reply.Answer.DONE, null, HANDLED, "seen to");
      Input reply = new Input.ReplyReceived(done, Closing.RULE, true, "backtest");
      home = decide(world, reply, atMillis).home();
    }
    arm();
  }
}
