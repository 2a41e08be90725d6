package io.shouwang.backtest;

import io.shouwang.backtest.Truths.Truth;
import io.shouwang.model.HomeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules held against a known truth. Pure. */
public final class Measurement {
  /** The whole district beside the kinds of life. */
  public static final String ALL = "all";

  /** What happens in an instant counts as noticed for this long. */
  private static final long INSTANT_MILLIS = 3_600_000;

  private static final long EARLY_MILLIS = 60_000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
  private static final List<String> NOBODY_THERE = List.of("away", "hospital", "collapse");

  /**
   * One thing that a rule is to notice.
   *
   * @param name in words
   * @param alerts the kinds of alert that notice it
   * @param earlyMillis an alert so long before counts, and took no time
   */
  public record Subject(String name, Predicate<Truth> truth, Set<String> alerts, long earlyMillis) {
    Subject(String name, Predicate<Truth> truth, String... alerts) {
      this(name, truth, Set.of(alerts), EARLY_MILLIS);
    }

    boolean isNoticedAt(Truth truth, long at) {
      return at >= truth.from() - earlyMillis && at <= end(truth);
    }
  }

  /** What is measured, in this order. */
  public static final List<Subject> SUBJECTS =
      List.of(
          new Subject("SOS pressed", of("sos", ""), "sos"),
          new Subject("fall seen by a bracelet, real", of("fall_detected", "real=true"), "fall"),
          new Subject("fire", of("fire", "").and(not("device=off")), "smoke"),
          new Subject("smoke of cooking", of("cooking_smoke", "").and(not("device=off")), "smoke"),
          new Subject(
              "collapse without a press",
              of("collapse", "").and(not("watched=false")),
              "inactivity",
              "fall"),
          new Subject("left the fence, bracelet on", of("fence_left", "worn=true"), "fence_left"),
          new Subject(
              "in a danger for 15 min or longer, bracelet on",
              of("danger_entered", "worn=true").and(lasting(HOUR_MILLIS / 4)),
              "fence_entered"),
          new Subject(
              "in a danger for less, bracelet on",
              of("danger_entered", "worn=true").and(lasting(HOUR_MILLIS / 4).negate()),
              "fence_entered"),
          new Subject(
              "wandering at night, bracelet on",
              of("wandering", "night=true").and(of("wandering", "worn=true")),
              "night_wandering",
              "fence_left"),
          new Subject(
              "battery low",
              of("battery_low", ""),
              Set.of("battery_low"),
              // The truth is what makes somebody think of a new one: lower than the rule's limit.
              180 * DAY_MILLIS),
          new Subject("device silent", of("device_offline", ""), "device_offline"),
          new Subject(
              "device silent for two days or longer",
              of("device_offline", "").and(lasting(2 * DAY_MILLIS)),
              "device_offline"),
          new Subject("missed \"I'm well\"", of("missed_checkin", ""), "checkin_missed"));

  /** What else excuses an alert, though nobody asks a rule to notice it. */
  private static final List<Subject> EXCUSES =
      List.of(
          new Subject("illness", of("illness", ""), "vitals"),
          new Subject("wandering", of("wandering", ""), "fence_left", "night_wandering"),
          new Subject("outage", of("network_outage", ""), "device_offline"));

  /** What was going on when the silence rang for nothing; the first that holds. */
  public static final Map<String, Predicate<Truth>> GOING_ON = goingOn();

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

  private static Map<String, Predicate<Truth>> goingOn() {
    Map<String, Predicate<Truth>> all = new LinkedHashMap<>();
    all.put("in hospital", of("hospital", ""));
    all.put("away, the office told", of("away", "told=true"));
    all.put("away, nobody told", of("away", ""));
    all.put("resting on purpose", of("lie_down", ""));
    all.put("a sensor silent", of("device_offline", ""));
    all.put("network out", of("network_outage", ""));
    all.put("bracelet not worn", of("not_worn", ""));
    all.put("ill", of("illness", ""));
    return Collections.unmodifiableMap(all);
  }

  private static Predicate<Truth> not(String detail) {
    return truth -> !truth.detail().contains(detail);
  }

  private static Predicate<Truth> lasting(long millis) {
    return truth -> truth.to() - truth.from() >= millis;
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

  private double months(int variant, String life) {
    return result.observedMillis().keySet().stream()
        .filter(home -> isOf(home, life) && (variant == 0 || result.varied().contains(home)))
        .mapToDouble(result::homeMonths)
        .sum();
  }

  private static long end(Truth truth) {
    return Math.max(truth.to(), truth.from() + INSTANT_MILLIS);
  }

  private boolean isCounted(Truth truth, String life) {
    return truth.from() >= result.from().toEpochMilli()
        && end(truth) <= result.to().toEpochMilli()
        && isOf(truth.home(), life);
  }

  /** How a subject was noticed. */
  public Row row(Subject subject, String life) {
    Map<HomeId, List<Raising>> alerts = alerts(0, subject.alerts());
    int happened = 0;
    List<Double> hours = new ArrayList<>();
    for (Truth truth : truths.where(subject.truth())) {
      if (!isCounted(truth, life)) {
        continue;
      }
      happened++;
      alerts.getOrDefault(truth.home(), List.of()).stream()
          .mapToLong(raising -> raising.at().toEpochMilli())
          .filter(at -> subject.isNoticedAt(truth, at))
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
    List<Raising> without = uncaused(variant, kind, life);
    return new FalseAlarms(life, kind, without.size(), without.size() / months(variant, life));
  }

  /** How often the silence rang for nothing while something was going on; the rest under "". */
  public Map<String, Integer> falseSilences() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    GOING_ON.keySet().forEach(name -> counts.put(name, 0));
    counts.put("", 0);
    for (Raising raising : uncaused(0, RecordedHome.INACTIVITY.value(), ALL)) {
      long at = raising.at().toEpochMilli();
      List<Truth> now =
          truths.byHome().getOrDefault(raising.home(), List.of()).stream()
              .filter(truth -> truth.from() <= at && at < truth.to())
              .toList();
      String name =
          GOING_ON.entrySet().stream()
              .filter(entry -> now.stream().anyMatch(entry.getValue()))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse("");
      counts.merge(name, 1, Integer::sum);
    }
    return counts;
  }

  private List<Raising> uncaused(int variant, String kind, String life) {
    List<Subject> causes =
        Stream.concat(SUBJECTS.stream(), EXCUSES.stream())
            .filter(subject -> subject.alerts().contains(kind))
            .toList();
    return result.raisings().get(variant).stream()
        .filter(raising -> raising.kind().value().equals(kind) && isOf(raising.home(), life))
        .filter(raising -> !isCaused(raising, causes))
        .toList();
  }

  private boolean isCaused(Raising raising, List<Subject> causes) {
    long at = raising.at().toEpochMilli();
    for (Truth truth : truths.byHome().getOrDefault(raising.home(), List.of())) {
      for (Subject subject : causes) {
        if (subject.truth().test(truth) && subject.isNoticedAt(truth, at)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * What became of those who went down without a press, and lay until somebody came.
   *
   * @param watched in homes with a device that could notice
   * @param unwatched in others
   * @param byFall a bracelet reported the fall
   * @param bySilence the silence rang
   * @param foundFirst a person came before anything rang
   * @param delays from going down to the alert, in hours, rising
   * @param lay how long those lay whom a person found first, in hours, rising
   */
  public record Collapsed(
      int watched,
      int unwatched,
      int byFall,
      int bySilence,
      int foundFirst,
      List<Double> delays,
      List<Double> lay) {}

  /** The collapses of a kind of life. */
  public Collapsed collapsed(String life) {
    Map<HomeId, List<Raising>> alerts = alerts(0, Set.of(RecordedHome.INACTIVITY.value(), "fall"));
    int unwatched = 0;
    int byFall = 0;
    List<Double> delays = new ArrayList<>();
    List<Double> lay = new ArrayList<>();
    for (Truth truth : truths.where(of("collapse", ""))) {
      if (!isCounted(truth, life)) {
        continue;
      }
      if (truth.detail().contains("watched=false")) {
        unwatched++;
        continue;
      }
      Raising first =
          alerts.getOrDefault(truth.home(), List.of()).stream()
              .filter(raising -> {
                long at = raising.at().toEpochMilli();
                return at >= truth.from() - EARLY_MILLIS && at <= truth.to();
              })
              .min(Comparator.comparing(Raising::at))
              .orElse(null);
      if (first == null) {
        lay.add((double) (truth.to() - truth.from()) / HOUR_MILLIS);
      } else {
        byFall += first.kind().value().equals("fall") ? 1 : 0;
        delays.add((double) Math.max(0, first.at().toEpochMilli() - truth.from()) / HOUR_MILLIS);
      }
    }
    return new Collapsed(
        delays.size() + lay.size(),
        unwatched,
        byFall,
        delays.size() - byFall,
        lay.size(),
        delays.stream().sorted().toList(),
        lay.stream().sorted().toList());
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
