package io.shouwang.scenario;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Home;
import io.shouwang.model.AlertId;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Fix;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Outcome;
import io.shouwang.model.Payload;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of every sort for one home, from a seed: sensible ones and nonsense in every field, from
 * pools so small that they meet.
 */
final class Anything {
  private static final List<String> DEVICES =
      List.of(
          "lin-button",
          "lin-band",
          "lin-sr-button",
          "hall-button",
          "lin-smoke",
          "lin-hub",
          "child-");
  private static final List<Kind> KINDS =
      List.of(
          Kind.SOS,
          Kind.FALL,
          Kind.SMOKE,
          Kind.GAS,
          Kind.LOCATION,
          Kind.STATUS,
          Kind.VITALS,
          Kind.MOTION,
          Kind.WATER);
  private static final List<String> PEOPLE =
      List.of(
          "daughter",
          "son",
          "neighbour",
          "grid-worker",
          "rescuers",
          "town-desk",
          "county-desk",
          "city-desk",
          "cousin",
          "new-desk",
          "operator",
          "stranger");
  private static final List<String> WORDS =
      List.of(
          "", " ", "real", "false_alarm", "\u0000\u001b[2J", "误报", "she fell.", "x".repeat(5_000));

  private final Random random;
  private final int children;

  /**
   * @param children how many the hub invents
   */
  Anything(Random random, int children) {
    this.random = random;
    this.children = children;
  }

  /** An input for a home as it stands. */
  Input input(Home home, Instant now) {
    int which = random.nextInt(100);
    if (which < 40) {
      return new Input.EventReceived(event(now));
    }
    if (which < 70) {
      return reply(home);
    }
    if (which < 73) {
      return mode(now);
    }
    if (which < 76) {
      return contact(now);
    }
    if (which < 85) {
      return new Input.DeliveryReported(deliveryKey(home), outcome());
    }
    if (which < 93) {
      return new Input.TimePassed(Village.LINS);
    }
    if (which < 96) {
      return switch (random.nextInt(5)) {
        case 0 -> reopened(home);
        case 1, 2 -> merged(home);
        case 3 -> hurried(home);
        default -> handed(home);
      };
    }
    if (which < 97) {
      return exercise(now);
    }
    if (which < 98) {
      return new Input.TroubleNoticed(one(List.of(Input.Trouble.values())), one(WORDS));
    }
    return random.nextInt(3) > 0 ? call(now) : hotline(now);
  }

  DeviceEvent event(Instant now) {
    String device = one(DEVICES);
    if (device.endsWith("-")) {
      device = device + random.nextInt(children);
    }
    Kind kind = one(KINDS);
    @Nullable String id = random.nextInt(3) == 0 ? "id-" + random.nextInt(20) : null;
    @Nullable Instant at = at(now);
    Signal signal = signal(kind);
    String content = "c" + random.nextInt(3);
    String all = String.join("\n", device, kind.value(), id + "", at + "", content, signal + "");
    DeviceEvent.Packet packet =
        random.nextBoolean()
            ? null
            : new DeviceEvent.Packet(1 + random.nextInt(3), random.nextBoolean());
    return new DeviceEvent(
        new DeviceId(device),
        device.startsWith("child") || random.nextInt(10) == 0 ? new DeviceId("lin-hub") : null,
        kind,
        signal,
        health(),
        id,
        at,
        random.nextInt(10) == 0 ? one(WORDS) : null,
        new EventKey(all.hashCode(), all.length()),
        packet,
        Payload.of(new byte[random.nextInt(4)]));
  }

  private @Nullable Instant at(Instant now) {
    return switch (random.nextInt(8)) {
      case 0 -> now;
      case 1 -> now.minus(Duration.ofMinutes(random.nextInt(20_000)));
      case 2 -> now.plus(Duration.ofMinutes(random.nextInt(20_000)));
      case 3 -> random.nextBoolean() ? Instant.MIN : Instant.MAX;
      case 4 -> Instant.EPOCH;
      default -> null;
    };
  }

  /** Mostly one that fits the kind. */
  private Signal signal(Kind kind) {
    Signal any =
        switch (random.nextInt(6)) {
          case 0 -> new Signal.Sos(one(List.of(Signal.Sos.Action.values())), one(WORDS), fix());
          case 1 -> new Signal.Fall(random.nextBoolean() ? null : Double.NaN, fix());
          case 2 -> hazard();
          case 3 -> new Signal.Position(new Fix(Double.NaN, 1e300, null, null, null, ""));
          case 4 -> new Signal.Unreadable(one(WORDS));
          default -> new Signal.Reading();
        };
    if (random.nextInt(4) == 0) {
      return any;
    }
    if (kind.equals(Kind.SOS)) {
      return new Signal.Sos(one(List.of(Signal.Sos.Action.values())), "press", fix());
    }
    if (kind.equals(Kind.FALL)) {
      return new Signal.Fall(0.5, fix());
    }
    if (kind.equals(Kind.VITALS)) {
      return vitals();
    }
    if (kind.equals(Kind.MOTION)) {
      return new Signal.Motion(random.nextBoolean(), null);
    }
    return kind.equals(Kind.SMOKE) || kind.equals(Kind.GAS) ? hazard() : any;
  }

  private @Nullable DeviceHealth health() {
    return random.nextBoolean()
        ? null
        : new DeviceHealth(
            random.nextBoolean() ? null : random.nextInt(101), truth(), truth(), truth());
  }

  private @Nullable Boolean truth() {
    return random.nextInt(3) == 0 ? null : random.nextBoolean();
  }

  private Signal vitals() {
    return new Signal.Vitals(
        measured(75),
        measured(95),
        measured(36),
        measured(120),
        measured(70),
        random.nextInt(3) == 0 ? null : random.nextInt());
  }

  private @Nullable Double measured(double usual) {
    return switch (random.nextInt(7)) {
      case 0 -> null;
      case 1 -> 0.0;
      case 2 -> Double.NaN;
      case 3 -> random.nextBoolean() ? Double.NEGATIVE_INFINITY : Double.MAX_VALUE;
      default -> usual * (0.5 + random.nextDouble());
    };
  }

  private Signal hazard() {
    return new Signal.Hazard(one(List.of(Signal.Hazard.State.values())), one(WORDS), null);
  }

  private @Nullable Fix fix() {
    return switch (random.nextInt(4)) {
      case 0 -> new Fix(32, 120, -1.0, Instant.MAX, "gnss", "wgs84");
      case 1 -> new Fix(32, 120, 5.0, Instant.MIN, null, "gcj02");
      default -> null;
    };
  }

  private Input reply(Home home) {
    Reply reply =
        new Reply(
            random.nextBoolean() ? null : "r-" + random.nextInt(30),
            alert(home),
            one(List.of(Reply.Answer.values())),
            eta(),
            random.nextInt(3) == 0 ? null : one(WORDS),
            random.nextBoolean() ? null : one(WORDS));
    boolean dispatcher = random.nextInt(20) == 0;
    return new Input.ReplyReceived(reply, new ResponderId(one(PEOPLE)), dispatcher, "mqtt");
  }

  private @Nullable Integer eta() {
    return switch (random.nextInt(6)) {
      case 0 -> Integer.MIN_VALUE;
      case 1 -> Integer.MAX_VALUE;
      case 2 -> null;
      default -> random.nextInt(70);
    };
  }

  private AlertId alert(Home home) {
    List<Alert> alerts = home.alerts();
    return alerts.isEmpty() || random.nextInt(30) == 0 ? new AlertId("nobody") : one(alerts).id();
  }

  private DeliveryKey deliveryKey(Home home) {
    List<Alert> alerts = home.alerts();
    if (alerts.isEmpty() || random.nextInt(20) == 0) {
      return new DeliveryKey(new AlertId("nobody"), random.nextInt());
    }
    Alert alert = one(alerts);
    List<Delivery> deliveries = alert.deliveries();
    return deliveries.isEmpty() || random.nextInt(20) == 0
        ? new DeliveryKey(alert.id(), random.nextInt())
        : one(deliveries).key();
  }

  private Outcome outcome() {
    return switch (random.nextInt(8)) {
      case 0 -> new Outcome.Sent(random.nextBoolean() ? null : one(WORDS));
      case 1 -> new Outcome.Expired();
      case 2, 3 -> new Outcome.GaveUp(one(WORDS));
      case 4 -> new Outcome.Superseded();
      case 5 -> new Outcome.Seen();
      case 6 -> new Outcome.HeldBack(one(WORDS));
      default -> new Outcome.Acknowledged();
    };
  }

  private Input reopened(Home home) {
    return new Input.AlertReopened(
        alert(home),
        random.nextBoolean() ? null : "r-" + random.nextInt(30),
        new ResponderId(one(PEOPLE)),
        random.nextBoolean(),
        "http",
        random.nextBoolean() ? null : one(WORDS),
        random.nextBoolean());
  }

  private Input hurried(Home home) {
    return new Input.LadderHurried(
        alert(home),
        random.nextBoolean() ? null : "r-" + random.nextInt(30),
        new ResponderId(one(PEOPLE)),
        random.nextBoolean(),
        "http");
  }

  private Input handed(Home home) {
    return new Input.HandoverAsked(
        alert(home),
        random.nextBoolean() ? null : "r-" + random.nextInt(30),
        new ResponderId(one(PEOPLE)),
        new ResponderId(one(PEOPLE)),
        random.nextBoolean(),
        "http");
  }

  private Input merged(Home home) {
    return new Input.AlertsMerged(
        alert(home),
        alert(home),
        random.nextBoolean() ? null : "r-" + random.nextInt(30),
        new ResponderId(one(PEOPLE)),
        random.nextInt(4) > 0,
        "http");
  }

  private Input exercise(Instant now) {
    return new Input.ExerciseOrdered(
        "drill-" + now.getEpochSecond() / 86_400 + "-" + random.nextInt(4),
        Village.LINS,
        one(KINDS),
        new ResponderId("operator"),
        now.plusSeconds(random.nextInt(7_200)),
        random.nextInt(20));
  }

  /** Any mode of the home or a device, begun, put off or ended. */
  Input mode(Instant now) {
    return new Input.ModeChanged(
        Village.LINS,
        random.nextBoolean() ? null : new DeviceId(one(DEVICES.subList(0, 6))),
        one(List.of(Mode.Kind.values())),
        random.nextInt(4) == 0 ? null : now.plusSeconds(random.nextInt(40_000) - 1_000L),
        new ResponderId("operator"),
        "http");
  }

  private Input contact(Instant now) {
    ContactReport report =
        new ContactReport(
            random.nextBoolean() ? null : "v-" + random.nextInt(20),
            one(List.of(Village.MRS_LIN, Village.MR_LIN)),
            one(List.of(CareContact.Means.values())),
            at(now),
            one(List.of("well", "no_answer", "reached")),
            null);
    return new Input.ContactRecorded(
        report, new ResponderId(one(PEOPLE)), random.nextBoolean(), "mqtt");
  }

  private Input call(Instant now) {
    ElderId elder = one(List.of(Village.MRS_LIN, Village.MR_LIN, new ElderId("nobody")));
    return new Input.CallReceived(
        "call-" + now.getEpochSecond() / 86_400 + "-" + random.nextInt(4),
        one(KINDS),
        Village.LINS,
        random.nextBoolean() ? null : elder,
        new ResponderId("operator"),
        null);
  }

  private Input hotline(Instant now) {
    return new Input.CallReported(
        "hotline",
        "in-" + now.getEpochSecond() / 86_400 + "-" + random.nextInt(6),
        one(List.of(Input.CallPhase.values())),
        Village.LINS,
        random.nextBoolean() ? List.of() : List.of(Village.LINS, Village.ZHOUS),
        random.nextBoolean() ? null : Village.MRS_LIN,
        Duration.ofSeconds(random.nextInt(60)),
        random.nextBoolean() ? null : new ResponderId("ext-1"),
        random.nextBoolean() ? null : "+8613800000000");
  }

  /** The next generation of the registry. */
  Village village(Instant now) {
    Village village = people();
    for (String person : PEOPLE) {
      if (random.nextInt(3) == 0) {
        village = village.reachedBy(person.replace('-', ' '), random.nextInt(4) > 0, ways());
      }
      if (random.nextInt(8) == 0) {
        village = village.quiet(person.replace('-', ' '), hour(), hour());
      }
    }
    if (random.nextInt(4) == 0) {
      String desk = random.nextInt(5) == 0 ? "" : "grid worker";
      Instant change = now.plusSeconds(random.nextInt(7_200));
      village =
          village
              .onCall("grid-7", Village.GRID_WORKER, now.minusSeconds(1), desk)
              .onCall("grid-7", Village.GRID_WORKER, change, "cousin");
    }
    return village;
  }

  private String hour() {
    return "%02d:%02d".formatted(random.nextInt(24), random.nextInt(60));
  }

  private String[] ways() {
    String[] ways = new String[random.nextInt(5)];
    for (int i = 0; i < ways.length; i++) {
      ways[i] = one(List.of("mqtt ", "sms ", "call ")) + random.nextInt(i == 0 ? 1 : 90);
    }
    return ways;
  }

  private Village people() {
    Village village = Village.inPeace();
    return switch (random.nextInt(6)) {
      case 0 -> village.withDesks("new desk", "town desk");
      case 1 -> village.withDesks("", "county desk");
      case 2 -> village.with("h-lin", Village.NEIGHBOUR);
      case 3 -> village.with("h-lin", Village.RELATIVE, "cousin", "town desk");
      case 4 -> village.with("grid-7", Village.VOLUNTEER, "daughter", "cousin");
      default -> village;
    };
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
