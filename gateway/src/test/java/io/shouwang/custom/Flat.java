package io.shouwang.custom;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.DutyDesk;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.World;
import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import io.shouwang.registry.RegistrySource;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mrs Lin's home of the demo registry, with one rule of the office's own, on virtual time. */
final class Flat {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final HomeId HOME = new HomeId("h-001");
  static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Registry REGISTRY = registry();

  private final Ladders ladders =
      new Ladders(
          Map.of(),
          new Ladder("other", List.of(new Rung(Duration.ZERO, List.of(Role.DUTY_DESK)))),
          DutyDesk.STANDARD);
  private CustomRules rules;
  private Home home = Home.empty(HOME);
  private Instant now = NOON;
  private @Nullable Instant look = NOON;
  private long number;

  Flat(CustomSpec... specs) {
    rules = compiled(specs);
  }

  static CustomRules compiled(CustomSpec... specs) {
    List<CustomRule> compiled = new ArrayList<>();
    for (CustomSpec spec : specs) {
      List<Mistake> mistakes = new ArrayList<>();
      CustomRule rule = CustomRule.compile(spec, mistakes);
      if (rule == null) {
        throw new AssertionError(mistakes.toString());
      }
      compiled.add(rule);
    }
    return new CustomRules(compiled);
  }

  /** A rule asked at events of the kind {@code power}. */
  static CustomSpec onPower(String when, Duration dwell, int hits, int of) {
    return new CustomSpec(
        "kettle",
        when,
        Severity.MINOR,
        Set.of(new Kind("power")),
        null,
        dwell,
        hits,
        of,
        "水壶开着",
        "the kettle is on");
  }

  static CustomSpec onPower(String when) {
    return onPower(when, Duration.ZERO, 1, 1);
  }

  /** A rule that looks. */
  static CustomSpec every(Duration every, String when, Duration dwell, Severity severity) {
    return new CustomSpec(
        "watch", when, severity, Set.of(), every, dwell, 1, 1, "看一看", "have a look");
  }

  /** Other rules take force; the home is looked at soon. */
  void rules(CustomSpec... specs) {
    rules = compiled(specs);
    look = now;
  }

  Flat at(int minute) {
    Instant when = NOON.plus(Duration.ofMinutes(minute));
    while (look != null && !look.isAfter(when)) {
      now = look.isAfter(now) ? look : now;
      look = null;
      decide(new Input.TimePassed(HOME));
    }
    now = when;
    return this;
  }

  Flat hears(String kind, String payload) {
    return hears("demo-pir-001", kind, payload);
  }

  Flat hears(String device, String kind, String payload) {
    decide(
        new Input.EventReceived(
            EventReader.readOne(
                new DeviceId(device),
                null,
                new Kind(kind),
                null,
                payload.getBytes(StandardCharsets.UTF_8))));
    return this;
  }

  private void decide(Input input) {
    World world =
        new World(
            REGISTRY,
            new RuleBook(
                RuleSettings.STANDARD, LimitsBook.of(ZONE, Limits.STANDARD), List.of(rules)),
            ladders);
    Decision decision = Core.decide(world, home, input, new Stamp(++number, now));
    home = decision.home();
    Instant asked = decision.lookAt();
    if (asked != null && (look == null || asked.isBefore(look))) {
      look = asked;
    }
  }

  List<Alert> open() {
    return home.alerts().stream().filter(Alert::isOpen).toList();
  }

  /** The kinds of the open alerts. */
  List<String> rings() {
    return open().stream().map(alert -> alert.kind().value()).toList();
  }

  String why(Wording wording) {
    return wording.why(open().getFirst(), ZONE);
  }

  CustomRule rule() {
    return rules.rules().getFirst();
  }

  Home home() {
    return home;
  }

  private static Registry registry() {
    try {
      return switch (RegistryReader.read(
          RegistrySource.directory(Path.of("..", "config", "registry")), null)) {
        case RegistryReading.Accepted accepted -> accepted.registry();
        case RegistryReading.Refused refused ->
            throw new AssertionError(refused.problems().toString());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
