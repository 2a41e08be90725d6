package io.shouwang.config;

import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import io.shouwang.yaml.Amounts;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code rules.yaml}: how replies and resends are counted, each rule's numbers, where they
 * differ, and the office's own rules. One thread.
 */
final class RulesYaml {
  static final String FILE = "rules.yaml";

  private final ZoneId zone;
  private RuleSettings replies = RuleSettings.STANDARD;
  private LimitsBook limits = LimitsBook.STANDARD;
  private List<OverridePlace> overrides = List.of();
  private final List<Rule> rules = new ArrayList<>(RuleBook.builtIn());

  RulesYaml(ZoneId zone) {
    this.zone = zone;
  }

  RuleSettings replies() {
    return replies;
  }

  LimitsBook limits() {
    return limits;
  }

  /** The gateway's own, then the office's. */
  List<Rule> rules() {
    return rules;
  }

  List<OverridePlace> overrides() {
    return overrides;
  }

  void read(YamlSection root) {
    replies = replies(root);
    OverridesYaml overridesYaml = new OverridesYaml();
    limits = overridesYaml.read(root, LimitsYaml.readCity(root), zone);
    overrides = overridesYaml.places();
    rules.add(new CustomYaml().read(root));
    root.done();
  }

  private static RuleSettings replies(YamlSection root) {
    RuleSettings standard = RuleSettings.STANDARD;
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    Duration hour = Duration.ofHours(1);
    Duration day = Duration.ofDays(1);
    Duration week = Duration.ofDays(7);
    RuleSettings settings =
        new RuleSettings(
            root.duration("ring_again_after", standard.ringAgainAfter(), second, minute),
            root.duration("late_after", standard.lateAfter(), second.multipliedBy(10), hour),
            root.duration(
                "future_tolerance", standard.futureTolerance(), second.multipliedBy(10), hour),
            root.duration(
                "same_event_window", standard.sameEventWindow(), day, day.multipliedBy(30)),
            root.duration("eta_default", standard.etaDefault(), minute, hour),
            root.duration("eta_cap", standard.etaCap(), minute, hour),
            root.duration("arrival_grace", standard.arrivalGrace(), Duration.ZERO, hour),
            root.duration("arrived_limit", standard.arrivedLimit(), minute, hour.multipliedBy(4)),
            root.duration("desk_hold", standard.deskHold(), minute, hour),
            root.duration("down_expiry", standard.downExpiry(), minute, week),
            root.duration("alert_delivery_expiry", standard.ringExpiry(), minute, week));
    if (settings.etaDefault().compareTo(settings.etaCap()) > 0) {
      root.reportAt(
          root.has("eta_default") ? "eta_default" : "eta_cap",
          "eta_default is "
              + Amounts.text(settings.etaDefault())
              + ", more than eta_cap ("
              + Amounts.text(settings.etaCap())
              + ")",
          "it must not exceed eta_cap");
    }
    return settings;
  }
}
