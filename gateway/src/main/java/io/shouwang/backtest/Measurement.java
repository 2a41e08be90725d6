package io.shouwang.backtest;

import io.shouwang.backtest.Truths.Truth;
import io.shouwang.model.HomeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The rules held against a known truth. Pure. */
public final class Measurement {
  /** The whole district beside the kinds of life. */
  public static final String ALL = "all";

  /** What happens in an instant counts as noticed for this long. */
  private static final long INSTANT_MILLIS = 3_600_000;

  private static final long EARLY_MILLIS = 60_000;
  private static final List<String> NOBODY_THERE = List.of("away", "hospital", "collapse");

  /**
   * One thing that a rule is to notice.
   *
   * @param name in words
   * @param alerts the kinds of alert that notice it
   */
  public record Subject(String name, Predicate<Truth> truth, Set<String> alerts) {}

  /** What is measured, in this order. */
  public static final List<Subject> SUBJECTS =
      List.of(
          new Subject("SOS pressed", of("sos", ""), Set.of("sos")),
          new Subject(
              "fall seen by a bracelet, real", of("fall_detected", "real=true"), Set.of("fall")),
          new Subject(
              "fire",
              of("fire", "").and(truth -> !truth.detail().contains("device=off")),
              Set.of("smoke")),
          new Subject(
              "smoke of cooking",
              of("cooking_smoke", "").and(truth -> !truth.detail().contains("device=off")),
              Set.of("smoke")),
          new Subject("collapse without a press", of("collapse", ""), Set.of("inactivity", "fall")),
          new Subject(
              "left the fence, bracelet on", of("fence_left", "worn=true"), Set.of("fence_left")),
          new Subject(
              "entered a danger, bracelet on",
              of("danger_entered", "worn=true"),
              Set.of("fence_entered")),
          new Subject(
              "wandering at night",
              of("wandering", "night=true"),
              Set.of("night_wandering", "fence_left")),
          new Subject("battery low", of("battery_low", ""), Set.of("battery_low")),
          new Subject("device silent", of("device_offline", ""), Set.of("device_offline")),
          new Subject("missed \"I'm well\"", of("missed_checkin", ""), Set.of("checkin_missed")));

  /**
   * What became of one subject.
   *
   * @param happened how often, within the time that is counted, in homes that were heard
   * @param noticed how often an alert rang in time
   * @param medianHours from the beginning to the alert; NaN where none rang
   */
  public record Row(
      String life,
      int happened,
      int noticed,
      double medianHours,
      double p90Hours,
      double maxHours) {}

  /** Alerts of a kind that nothing had led to. */
  public record FalseAlarms(String life, String kind, int alerts, double perHomeMonth) {}

  /**
   * One point of the trade-off: how often it rings for nothing, how long it takes for something.
   */
  public record Point(
      double budget, double falsePerHomeMonth, double medianHours, double p90Hours, int moments) {}

  private final RecordingResult result;
  private final Truths truths;

  public Measurement(RecordingResult result, Truths truths) {
    this.result = result;
    this.truths = truths;
  }

  private static Predicate<Truth> of(String kind, String detail) {
    return truth -> truth.kind().equals(kind) && truth.detail().contains(detail);
  }

  /** {@link #ALL}, then each kind of life there is. */
  public List<String> lives() {
    Set<String> kinds = new TreeSet<>();
    result.observedMillis().keySet().forEach(home -> kinds.addAll(livesOf(home)));
    List<String> all = new ArrayList<>(List.of(ALL));
    all.addAll(kinds);
    return all;
  }

  private List<String> livesOf(HomeId home) {
    return truths.lives().getOrDefault(home, List.of());
  }

  private boolean isOf(HomeId home, String life) {
    return result.observedMillis().containsKey(home)
        && (life.equals(ALL) || livesOf(home).contains(life));
  }

  private double months(String life) {
    return result.observedMillis().keySet().stream()
        .filter(home -> isOf(home, life))
        .mapToDouble(result::homeMonths)
        .sum();
  }

  private static long end(Truth truth) {
    return Math.max(truth.to(), truth.from() + INSTANT_MILLIS);
  }

  /** How a subject was noticed. */
  public Row row(Subject subject, String life) {
    Map<HomeId, List<Raising>> alerts = alerts(0, subject.alerts());
    long from = result.from().toEpochMilli();
    long to = result.to().toEpochMilli();
    int happened = 0;
    List<Double> hours = new ArrayList<>();
    for (Truth truth : truths.where(subject.truth())) {
      if (truth.from() < from || end(truth) > to || !isOf(truth.home(), life)) {
        continue;
      }
      happened++;
      alerts.getOrDefault(truth.home(), List.of()).stream()
          .mapToLong(raising -> raising.at().toEpochMilli())
          .filter(at -> at >= truth.from() - EARLY_MILLIS && at <= end(truth))
          .min()
          .ifPresent(at -> hours.add(Math.max(0, at - truth.from()) / 3_600_000.0));
    }
    double[] sorted = hours.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Row(
        life,
        happened,
        sorted.length,
        Delay.quantile(sorted, 0.5),
        Delay.quantile(sorted, 0.9),
        sorted.length == 0 ? Double.NaN : Arrays.stream(sorted).max().orElse(0));
  }

  private Map<HomeId, List<Raising>> alerts(int variant, Set<String> kinds) {
    Map<HomeId, List<Raising>> byHome = new HashMap<>();
    for (Raising raising : result.raisings().get(variant)) {
      if (kinds.contains(raising.kind().value())) {
        byHome.computeIfAbsent(raising.home(), _ -> new ArrayList<>()).add(raising);
      }
    }
    return byHome;
  }

  /** The kinds of alert that rang. */
  public Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    result.raisings().getFirst().forEach(raising -> kinds.add(raising.kind().value()));
    return kinds;
  }

  /** How often a kind rang without cause. */
  public FalseAlarms falseAlarms(String kind, String life) {
    return falseAlarms(0, kind, life);
  }

  private FalseAlarms falseAlarms(int variant, String kind, String life) {
    List<Subject> causes =
        SUBJECTS.stream().filter(subject -> subject.alerts().contains(kind)).toList();
    int count = 0;
    for (Raising raising : result.raisings().get(variant)) {
      if (raising.kind().value().equals(kind)
          && isOf(raising.home(), life)
          && !isCaused(raising, causes)) {
        count++;
      }
    }
    return new FalseAlarms(life, kind, count, count / months(life));
  }

  private boolean isCaused(Raising raising, List<Subject> causes) {
    long at = raising.at().toEpochMilli();
    for (Truth truth : truths.byHome().getOrDefault(raising.home(), List.of())) {
      if (at >= truth.from() - EARLY_MILLIS
          && at <= end(truth)
          && causes.stream().anyMatch(subject -> subject.truth().test(truth))) {
        return true;
      }
    }
    return false;
  }

  /** The delay after a life stopped, where somebody was there to stop. */
  public Delay.Distribution delays(int variant, String life) {
    return Delay.Distribution.of(
        result.delays().get(variant).stream()
            .filter(delay -> isOf(delay.home(), life))
            .filter(delay -> !truths.isDuring(delay.home(), delay.atMillis(), NOBODY_THERE))
            .toList());
  }

  /**
   * A point of the trade-off.
   *
   * @param variant the rules with this budget
   */
  public Point point(int variant, double budget, String life) {
    Delay.Distribution delays = delays(variant, life);
    return new Point(
        budget,
        falseAlarms(variant, RecordedHome.INACTIVITY.value(), life).perHomeMonth(),
        delays.median(),
        delays.p90(),
        delays.count());
  }
}
