package io.shouwang.scenario;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Handover;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.World;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Signal;
import io.shouwang.rules.EmergencyRule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one home in the course of many alerts, from a seed: presses, people who answer
 * this and that, lines that fail, dispatchers who think better of it, registries that change.
 * Mostly sense, now and then {@link Anything}.
 */
final class RandomLife {
  private static final ResponderId OPERATOR = new ResponderId("operator");
  private static final ResponderId COLLEAGUE = new ResponderId("colleague");

  private static final int OPEN_USUALLY = 4;

  private static final Ladder CITY =
      new Ladder(
          "city",
          List.of(
              new Rung(
                  Duration.ZERO, List.of(Village.RELATIVE, Village.NEIGHBOUR, Village.GRID_WORKER)),
              new Rung(Duration.ofSeconds(60), List.of(Village.VOLUNTEER)),
              new Rung(Duration.ofSeconds(180), List.of(Village.RESCUE_TEAM))),
          List.of(Village.GRID_WORKER, Village.RESCUE_TEAM),
          null);

  private static final Ladder ELDER_FIRST =
      new Ladder(
          "elder first",
          List.of(
              new Rung(Duration.ZERO, List.of(Role.ELDER)),
              new Rung(Duration.ofSeconds(60), List.of(Village.RELATIVE)),
              new Rung(Duration.ofSeconds(180), List.of(Role.DUTY_DESK))));

  private final Random random;
  private final Anything anything;
  private int said;

  RandomLife(Random random) {
    this.random = random;
    this.anything = new Anything(random, 2);
  }

  /** A registry, settings and ladders of some city. */
  World world(Instant now) {
    Village village =
        random.nextInt(4) == 0
            ? anything.village(now)
            : Village.inPeace()
                .with("h-lin", Role.ELDER, "mrs lin")
                .reachedBy("mrs lin", true, "call 0")
                .reachedBy("daughter", true, "mqtt 0", "sms 20", "call 40")
                .reachedBy("town desk", true, "mqtt 0", "call 15");
    World all = village.world(RuleSettings.STANDARD);
    // What the other rules find is not what this is about, and most of what it would cost.
    RuleBook rules =
        random.nextInt(8) == 0
            ? all.rules()
            : new RuleBook(
                RuleSettings.STANDARD, all.rules().limits(), List.of(new EmergencyRule()));
    if (random.nextInt(3) == 0) {
      return new World(village, rules, all.ladders());
    }
    return new World(
        village,
        rules,
        new Ladders(
            Map.of(Kind.SOS, CITY, Kind.FALL, CITY, Kind.SMOKE, CITY, Kind.GAS, CITY),
            ELDER_FIRST,
            Village.DESK));
  }

  /** How long until something happens: mostly seconds, sometimes an hour of silence. */
  Duration pause() {
    return Duration.ofMillis(
        switch (random.nextInt(200)) {
          case 0 -> random.nextInt(3_600_000);
          case 1, 2, 3, 4, 5, 6, 7, 8 -> 0;
          case 9, 10, 11, 12 -> random.nextInt(600_000);
          default -> random.nextInt(20_000);
        });
  }

  /** Whether the house stands still for that time, so that much is overdue at once. */
  boolean standsStill() {
    return random.nextInt(200) == 0;
  }

  boolean worldChanges() {
    return random.nextInt(150) == 0;
  }

  /** What comes in next. */
  Input next(Home home, Instant now) {
    List<Alert> open = home.alerts().stream().filter(Alert::isOpen).toList();
    int which = random.nextInt(100);
    if (open.isEmpty() || which < 26) {
      return new Input.EventReceived(alarm().withId("n" + ++said).event());
    }
    if (open.size() > OPEN_USUALLY && random.nextInt(3) > 0) {
      return closing(open.getFirst());
    }
    // Few stay open for long: somebody looks after what has been open longest.
    Alert alert = random.nextInt(3) == 0 ? one(open) : open.getFirst();
    if (which < 68) {
      return reply(alert);
    }
    if (which < 88) {
      return outcome(alert);
    }
    if (which < 91) {
      return closing(alert);
    }
    if (which < 93) {
      return random.nextInt(3) == 0 ? amending(home, alert) : handing(alert);
    }
    if (which < 94) {
      return anything.mode(now);
    }
    if (which < 95) {
      return new Input.IncidentNoticed(
          one(List.of(Input.Incident.values())),
          new AreaId("grid-7"),
          "house 12",
          2 + random.nextInt(20),
          now,
          List.of(home.id()));
    }
    return anything.input(home, now);
  }

  private Said alarm() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> Said.press("lin-sr-button");
      case 2 -> Said.press("hall-button");
      case 3, 4 -> Said.fall("lin-band");
      case 5, 6 -> Said.smoke("lin-smoke", Signal.Hazard.State.ALARM, "alarm");
      case 7, 8 -> Said.smoke("lin-smoke", Signal.Hazard.State.FAULT, "fault");
      case 9 -> Said.cancel("lin-button");
      default -> Said.press("lin-button");
    };
  }

  private Input reply(Alert alert) {
    if (alert.asked().isEmpty() || random.nextInt(12) == 0) {
      return closing(alert);
    }
    Asked by = one(alert.asked());
    Reply.Answer answer =
        switch (random.nextInt(12)) {
          case 0, 1, 2 -> Reply.Answer.ACCEPT;
          case 3, 4 -> Reply.Answer.DECLINE;
          case 5 -> Reply.Answer.ON_THE_WAY;
          case 6, 7 -> Reply.Answer.ARRIVED;
          case 8 -> Reply.Answer.SPOKE;
          case 9 -> Reply.Answer.WELL;
          default -> Reply.Answer.DONE;
        };
    @Nullable Integer eta = random.nextInt(4) == 0 ? null : 1 + random.nextInt(30);
    boolean says = answer == Reply.Answer.DONE && random.nextInt(4) > 0;
    Reply reply =
        new Reply(
            random.nextInt(10) == 0 ? "again" : "r" + ++said,
            alert.id(),
            answer,
            eta,
            says ? "real" : null,
            says ? "seen to" : null);
    return new Input.ReplyReceived(reply, by.responder(), false, "mqtt");
  }

  Input closing(Alert alert) {
    Reply done =
        new Reply("c" + ++said, alert.id(), Reply.Answer.DONE, null, "false_alarm", "seen to");
    return new Input.ReplyReceived(done, OPERATOR, true, "http");
  }

  private Input outcome(Alert alert) {
    List<Delivery> underWay =
        alert.deliveries().stream().filter(d -> d.isUnderWay() || random.nextInt(8) == 0).toList();
    if (underWay.isEmpty()) {
      return reply(alert);
    }
    DeliveryKey key = one(underWay).key();
    return new Input.DeliveryReported(
        key,
        switch (random.nextInt(10)) {
          case 0, 1 -> new Outcome.Sent("p" + said);
          case 2 -> new Outcome.Seen();
          case 3, 4 -> new Outcome.GaveUp("no such number");
          case 5 -> new Outcome.HeldBack("cap");
          case 6 -> new Outcome.Expired();
          default -> new Outcome.Acknowledged();
        });
  }

  private Input amending(Home home, Alert alert) {
    Alert other = one(home.alerts());
    return random.nextBoolean()
        ? new Input.AlertsMerged(alert.id(), other.id(), null, OPERATOR, true, "http")
        : new Input.AlertReopened(
            other.id(), "o" + ++said, OPERATOR, true, "http", "again", random.nextBoolean());
  }

  /** Two operators and the desks take it from each other, and one doesn't wait for the ladder. */
  private Input handing(Alert alert) {
    List<Hold> holds = alert.holds();
    if (random.nextInt(3) == 0) {
      return new Input.LadderHurried(alert.id(), "h" + ++said, OPERATOR, true, "http");
    }
    ResponderId to = random.nextInt(3) == 0 ? Village.id("town desk") : COLLEAGUE;
    Handover asked = alert.handover();
    if (asked != null && random.nextInt(4) > 0) {
      return operator(alert, asked.to(), random.nextInt(3) == 0);
    }
    if (holds.isEmpty()) {
      return operator(alert, random.nextBoolean() ? OPERATOR : COLLEAGUE, false);
    }
    ResponderId by = one(holds).responder();
    ResponderId other = by.equals(COLLEAGUE) ? OPERATOR : to;
    return new Input.HandoverAsked(
        alert.id(), "g" + ++said, by, other, !other.value().endsWith("desk"), "http");
  }

  private Input operator(Alert alert, ResponderId by, boolean declines) {
    Reply.Answer answer = declines ? Reply.Answer.DECLINE : Reply.Answer.ACCEPT;
    Reply reply = new Reply("q" + ++said, alert.id(), answer, null, null, null);
    return new Input.ReplyReceived(reply, by, true, "http");
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
