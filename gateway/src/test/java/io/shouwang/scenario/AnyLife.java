package io.shouwang.scenario;

import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.World;
import io.shouwang.custom.CustomRule;
import io.shouwang.custom.CustomRules;
import io.shouwang.custom.CustomSpec;
import io.shouwang.custom.Mistake;
import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.registry.TestRegistry;
import io.shouwang.rules.DeviceSettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first home of the demo registry, all of whose devices say anything at any time, from a seed,
 * as the bytes that devices send; with every rule on, an office's own rules too, and whatever may
 * ring ringing.
 */
public final class AnyLife {
  public static final HomeId HOME = new HomeId("h-001");

  /** Where hours are lost and won. */
  public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Weeks with alerts that nobody answers must not consist of nothing else. */
  private static final DutyDesk PATIENT = new DutyDesk(Duration.ofHours(1), Duration.ofHours(1));

  private final Random random;
  private long number;

  public AnyLife(Random random) {
    this.random = random;
  }

  /** All on, in a zone with daylight saving. */
  public static World world() {
    return world(everything(Limits.STANDARD), List.of(customRules()));
  }

  static World world(Limits limits, List<Rule> more) {
    List<Rule> rules = new ArrayList<>(RuleBook.builtIn());
    rules.addAll(more);
    return new World(
        TestRegistry.demo(),
        new RuleBook(RuleSettings.STANDARD, LimitsBook.of(BERLIN, limits), rules),
        new Ladders(
            Map.of(),
            new Ladder("any", List.of(rung(0, "relative"), rung(60, "neighbour"))),
            PATIENT));
  }

  private static Rung rung(int seconds, String role) {
    return new Rung(Duration.ofSeconds(seconds), List.of(new Role(role)));
  }

  static Limits everything(Limits limits) {
    DeviceSettings usual = limits.devices();
    return limits
        .withDuties(
            limits
                .duties()
                .countedFrom(LocalDate.of(2027, 1, 1))
                .withCheckin(LocalTime.of(2, 30), Duration.ofHours(1)))
        .withDevices(
            new DeviceSettings(
                true,
                usual.reportsEvery(),
                usual.reportsEveryOfModel(),
                usual.reportsEveryElse(),
                usual.missed(),
                Map.of(),
                Duration.ofMinutes(1),
                usual.batteryLowPct(),
                usual.batteryFinePct(),
                Duration.ofMinutes(90),
                usual.wakingFrom(),
                usual.wakingTo(),
                usual.testEvery(),
                usual.localModels(),
                true,
                true,
                true,
                true));
  }

  /** An office's: one with a dwell and a tally, one that looks, and one that never can be said. */
  static CustomRules customRules() {
    return new CustomRules(
        List.of(
            custom("fast", "event.heart_rate_bpm > 100.0", Set.of(Kind.VITALS), null, 2, 3),
            custom(
                "quiet",
                "home.devices.exists(d, d.heard_minutes > 600) && hour != 3",
                Set.of(),
                Duration.ofHours(1),
                1,
                1),
            custom("broken", "event.nothing > 1", Set.of(Kind.MOTION, Kind.SOS), null, 1, 1)));
  }

  private static CustomRule custom(
      String name, String when, Set<Kind> on, @Nullable Duration every, int hits, int of) {
    List<Mistake> mistakes = new ArrayList<>();
    CustomRule rule =
        CustomRule.compile(
            new CustomSpec(
                name,
                when,
                Severity.MINOR,
                on,
                every,
                Duration.ofMinutes(on.contains(Kind.VITALS) ? 10 : 0),
                hits,
                of,
                "有",
                "it is so"),
            mistakes);
    if (rule == null) {
      throw new AssertionError(mistakes.toString());
    }
    return rule;
  }

  /** Something that is no alarm of this moment, or an alarm now and then. */
  public DeviceEvent any(Instant now) {
    return random.nextInt(40) == 0 ? alarm(now) : reading(now);
  }

  DeviceEvent alarm(Instant now) {
    return switch (random.nextInt(5)) {
      case 0 -> say("demo-sos-001", "sos", now, "");
      case 1 -> say("demo-sos-001", "sos", now, "\"action\":\"cancel\"");
      case 2 -> say("demo-band-001", "fall", now, "\"confidence\":0.8");
      case 3 -> say("demo-smoke-001", "smoke", now, "\"state\":\"alarm\",\"room\":\"kitchen\"");
      default -> say("demo-smoke-001", "smoke", now, "\"state\":\"clear\"");
    };
  }

  DeviceEvent reading(Instant now) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> motion(now);
      case 3 -> say("demo-pir-001", "door", now, "\"state\":\"open\"");
      case 4 -> say("demo-pir-001", "water", now, "\"used_l\":" + random.nextInt(20));
      case 5, 6 -> vitals(now);
      case 7, 8 -> position(now);
      case 9 ->
          say(
              "demo-band-001",
              "status",
              now,
              "\"battery_pct\":%d,\"worn\":%b,\"charging\":%b"
                  .formatted(random.nextInt(101), random.nextInt(4) > 0, random.nextInt(5) == 0));
      case 10 -> say("demo-sos-001", "checkin", now, "");
      default -> say("demo-smoke-001", "status", now, "\"battery_pct\":" + random.nextInt(101));
    };
  }

  DeviceEvent motion(Instant now) {
    return say("demo-pir-001", "motion", now, "\"state\":\"active\"");
  }

  DeviceEvent vitals(Instant now) {
    boolean ill = random.nextInt(3) == 0;
    return say(
        "demo-band-001",
        "vitals",
        now,
        "\"heart_rate_bpm\":%d,\"spo2_pct\":%d,\"steps\":%d,\"worn\":%b,\"charging\":false"
            .formatted(
                ill ? 110 + random.nextInt(60) : 60 + random.nextInt(20),
                ill ? 80 + random.nextInt(12) : 95 + random.nextInt(5),
                random.nextInt(9_000),
                random.nextInt(10) > 0));
  }

  DeviceEvent position(Instant now) {
    int reach = random.nextInt(3) == 0 ? 400 : 40;
    return say(
        "demo-band-001",
        "location",
        now,
        String.format(
            Locale.ROOT,
            "\"lat\":%.5f,\"lon\":%.5f,\"accuracy_m\":%d",
            32.0598 + (random.nextInt(2 * reach) - reach) / 20_000.0,
            120.8601 + (random.nextInt(2 * reach) - reach) / 20_000.0,
            5 + random.nextInt(60)));
  }

  /** With a name of its own and, mostly, the device's time. */
  DeviceEvent say(String device, String kind, Instant at, String fields) {
    String id = "\"id\":\"n" + ++number + "\"";
    String time = ",\"at\":" + at.toEpochMilli();
    String json = "{" + id + time + (fields.isEmpty() ? "" : "," + fields) + "}";
    return read(device, kind, json);
  }

  static DeviceEvent read(String device, String kind, String json) {
    return EventReader.readOne(
        new DeviceId(device), null, new Kind(kind), null, json.getBytes(StandardCharsets.UTF_8));
  }
}
