package io.shouwang.config;

import io.shouwang.rules.AreaSettings;
import io.shouwang.rules.DeviceSettings;
import io.shouwang.rules.DutySettings;
import io.shouwang.rules.EmergencySettings;
import io.shouwang.rules.InactivitySettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LocationSettings;
import io.shouwang.rules.VitalsSettings;
import io.shouwang.senses.Series;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads the sections of {@code rules.yaml} that stand for a rule each, at its top for the whole
 * city and again in each override. What a section leaves out is what it is laid over: a component
 * of a settings record is one line here, with its key and the range that makes sense.
 */
final class LimitsYaml {
  /** Sections that are about a home as a whole: nothing would ask an elder's. */
  static final List<String> OF_THE_HOME = List.of("emergency", "inactivity");

  /** What is for many homes at once, and so can't differ between them. */
  static final String AREA = "area_incidents";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SILENCE_LEAST = Duration.ofMinutes(30);
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(31);
  private static final Pattern CAMEL_HUMP = Pattern.compile("(?<=[a-z])[A-Z]");

  private LimitsYaml() {}

  /** The limits with what these sections change; only the sections, not the rest of the mapping. */
  static Limits read(YamlSection sections, Limits base) {
    return base.withEmergency(read(sections, "emergency", base.emergency(), LimitsYaml::emergency))
        .withInactivity(read(sections, "inactivity", base.inactivity(), LimitsYaml::inactivity))
        .withLocation(read(sections, "location", base.location(), LimitsYaml::location))
        .withVitals(read(sections, "vitals", base.vitals(), LimitsYaml::vitals))
        .withDevices(read(sections, "devices", base.devices(), LimitsYaml::devices))
        .withDuties(read(sections, "duties", base.duties(), LimitsYaml::duties));
  }

  /** The city's limits: all sections, and what no override may hold. */
  static Limits readCity(YamlSection root) {
    Limits limits = read(root, Limits.STANDARD);
    return limits.withArea(read(root, AREA, limits.area(), LimitsYaml::area));
  }

  private static EmergencySettings emergency(YamlSection yaml, EmergencySettings base) {
    return new EmergencySettings(
        yaml.flag("enabled", base.enabled()),
        yaml.duration("fall_motion_within", base.fallMotionWithin(), SECOND, TWO_HOURS),
        yaml.duration("smoke_motion_within", base.smokeMotionWithin(), SECOND, TWO_HOURS),
        durations(yaml, "cancel_within", base.cancelWithin(), SECOND, TWO_HOURS));
  }

  private static InactivitySettings inactivity(YamlSection yaml, InactivitySettings base) {
    return new InactivitySettings(
        yaml.flag("enabled", base.enabled()),
        yaml.flag("without_motion", base.withoutMotion()),
        yaml.timeOfDay("waking_from", base.wakingFrom()),
        yaml.timeOfDay("waking_to", base.wakingTo()),
        yaml.duration("waking_limit", base.wakingLimit(), SILENCE_LEAST, DAY),
        yaml.duration("any_time_limit", base.anyTimeLimit(), SILENCE_LEAST, DAY),
        yaml.duration("came_home_limit", base.cameHomeLimit(), SILENCE_LEAST, DAY),
        yaml.duration("out_limit", base.outLimit(), SILENCE_LEAST, DAY),
        yaml.flag("personal", base.personal()),
        yaml.number("false_alarms_per_month", base.falseAlarmsPerMonth(), 0.001, 30),
        yaml.integer("days_minimum", base.daysMinimum(), 7, 56),
        yaml.duration("personal_least", base.personalLeast(), SILENCE_LEAST, DAY));
  }

  private static LocationSettings location(YamlSection yaml, LocationSettings base) {
    return new LocationSettings(
        yaml.flag("enabled", base.enabled()),
        yaml.integer("margin_m", base.marginM(), 0, 1_000),
        yaml.integer("coarse_m", base.coarseM(), 10, 5_000),
        yaml.duration("left_dwell", base.leftDwell(), Duration.ZERO, hours(2)),
        yaml.duration("left_dwell_alone", base.leftDwellAlone(), Duration.ZERO, hours(6)),
        yaml.duration("entered_dwell", base.enteredDwell(), Duration.ZERO, hours(1)),
        yaml.duration("entered_dwell_alone", base.enteredDwellAlone(), Duration.ZERO, hours(2)),
        yaml.integer("speed_max_kmh", base.speedMaxKmh(), 30, 1_000),
        yaml.duration("late_after", base.lateAfter(), minutes(1), hours(12)),
        yaml.duration("buffer_wait", base.bufferWait(), Duration.ZERO, hours(1)),
        yaml.duration("believed_for", base.believedFor(), minutes(10), hours(48)),
        yaml.flag("night_for_all", base.nightForAll()),
        yaml.ids("night_categories", base.nightCategories(), LocationSettings.CATEGORIES_MAX),
        yaml.timeOfDay("night_from", base.nightFrom()),
        yaml.timeOfDay("night_until", base.nightUntil()),
        yaml.integer("night_distance_m", base.nightDistanceM(), 20, 10_000),
        yaml.duration("night_dwell", base.nightDwell(), Duration.ZERO, hours(2)),
        yaml.duration("night_dwell_alone", base.nightDwellAlone(), Duration.ZERO, hours(6)),
        yaml.duration("no_fix_after", base.noFixAfter(), hours(1), hours(720)),
        yaml.duration("heard_within", base.heardWithin(), minutes(10), hours(168)));
  }

  private static VitalsSettings vitals(YamlSection yaml, VitalsSettings base) {
    return new VitalsSettings(
        yaml.flag("enabled", base.enabled()),
        bounds(yaml.section("heart_rate"), base.heartRate()),
        bounds(yaml.section("spo2"), base.spo2()),
        bounds(yaml.section("body_temp"), base.bodyTemp()),
        bounds(yaml.section("systolic"), base.systolic()),
        bounds(yaml.section("diastolic"), base.diastolic()),
        yaml.integer("needed", base.needed(), 1, Series.READINGS_MAX),
        yaml.integer("of", base.of(), 1, Series.READINGS_MAX),
        yaml.duration("lasting", base.lasting(), Duration.ZERO, WEEK),
        yaml.integer("critical_needed", base.criticalNeeded(), 1, Series.READINGS_MAX),
        yaml.duration("max_age", base.maxAge(), MINUTE, WEEK),
        yaml.flag("trend", base.trend()),
        yaml.integer("trend_hours", base.trendHours(), 24, Series.BASELINE_HOURS),
        yaml.number("trend_deviations", base.trendDeviations(), 1, 20));
  }

  private static VitalsSettings.Bounds bounds(YamlSection yaml, VitalsSettings.Bounds base) {
    if (!yaml.isPresent()) {
      return base;
    }
    VitalsSettings.Bounds bounds =
        new VitalsSettings.Bounds(
            yaml.number("critical_low", base.criticalLow(), 0, 1_000),
            yaml.number("low", base.low(), 0, 1_000),
            yaml.number("high", base.high(), 0, 1_000),
            yaml.number("critical_high", base.criticalHigh(), 0, 1_000),
            yaml.number("hysteresis", base.hysteresis(), 0, 100),
            yaml.number("trend_least", base.trendLeast(), 0.1, 1_000));
    yaml.done();
    return bounds;
  }

  private static DeviceSettings devices(YamlSection yaml, DeviceSettings base) {
    return new DeviceSettings(
        yaml.flag("enabled", base.enabled()),
        durations(yaml, "reports_every", base.reportsEvery(), MINUTE, MONTH),
        durations(yaml, "reports_every_of_model", base.reportsEveryOfModel(), MINUTE, MONTH),
        yaml.duration("reports_every_else", base.reportsEveryElse(), MINUTE, MONTH),
        yaml.integer("missed", base.missed(), 1, 100),
        durations(yaml, "offline_dwell", base.offlineDwell(), Duration.ZERO, MONTH),
        yaml.duration("offline_dwell_else", base.offlineDwellElse(), Duration.ZERO, MONTH),
        yaml.integer("battery_low_pct", base.batteryLowPct(), 0, 99),
        yaml.integer("battery_fine_pct", base.batteryFinePct(), 1, 100),
        yaml.duration("not_worn_after", base.notWornAfter(), MINUTE, MONTH),
        yaml.timeOfDay("waking_from", base.wakingFrom()),
        yaml.timeOfDay("waking_to", base.wakingTo()),
        durations(
            yaml, "test_every", base.testEvery(), Duration.ofHours(1), Duration.ofDays(3_660)),
        yaml.has("local_models")
            ? yaml.words("local_models").stream().map(YamlSection.Placed::text).toList()
            : base.localModels(),
        yaml.flag("ring_offline", base.ringOffline()),
        yaml.flag("ring_battery", base.ringBattery()),
        yaml.flag("ring_not_worn", base.ringNotWorn()),
        yaml.flag("ring_test_overdue", base.ringTestOverdue()));
  }

  /** Durations by a name; what isn't named stays. */
  private static Map<String, Duration> durations(
      YamlSection yaml, String key, Map<String, Duration> base, Duration least, Duration most) {
    YamlSection section = yaml.section(key);
    Map<String, Duration> all = new TreeMap<>(base);
    for (String name : section.keys()) {
      all.put(name, section.duration(name, base.getOrDefault(name, most), least, most));
    }
    section.done();
    return all;
  }

  private static DutySettings duties(YamlSection yaml, DutySettings base) {
    return new DutySettings(
        yaml.flag("enabled", base.enabled()),
        DutiesYaml.owed(yaml, base.duties()),
        DutiesYaml.countedFrom(yaml, base.countedFrom()),
        yaml.timeOfDay("report_from", base.reportFrom()),
        yaml.duration("report_spread", base.reportSpread(), Duration.ZERO, hours(12)),
        yaml.flag("checkin_expected", base.checkinExpected()),
        yaml.timeOfDay("checkin_by", base.checkinBy()),
        yaml.duration("checkin_grace", base.checkinGrace(), Duration.ZERO, hours(12)));
  }

  private static AreaSettings area(YamlSection yaml, AreaSettings base) {
    return new AreaSettings(
        yaml.flag("enabled", base.enabled()),
        yaml.integer("fire_homes", base.fireHomes(), 2, 1_000),
        yaml.duration("fire_window", base.fireWindow(), minutes(1), hours(24)),
        yaml.integer("outage_homes", base.outageHomes(), 2, 100_000),
        yaml.duration("outage_window", base.outageWindow(), minutes(1), hours(24)),
        yaml.integer("model_homes", base.modelHomes(), 2, 100_000),
        yaml.duration("model_window", base.modelWindow(), minutes(1), hours(24)));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  /** Reads one section over what holds without it. */
  private interface Reader<S> {
    /**
     * @throws IllegalArgumentException for values that are each in range and make no sense together
     */
    S read(YamlSection yaml, S base);
  }

  private static <S> S read(YamlSection sections, String name, S base, Reader<S> reader) {
    YamlSection yaml = sections.section(name);
    if (!yaml.isPresent()) {
      return base;
    }
    try {
      S settings = reader.read(yaml, base);
      yaml.done();
      return settings;
    } catch (IllegalArgumentException together) {
      yaml.report(
          name + " makes no sense as a whole: " + keys(String.valueOf(together.getMessage())),
          "change one of these values, or both");
      return base;
    }
  }

  /** The records speak of their components; the file calls them {@code waking_from}. */
  private static String keys(String message) {
    return CAMEL_HUMP
        .matcher(message)
        .replaceAll(hump -> "_" + hump.group().toLowerCase(Locale.ROOT));
  }

  /**
   * What an override makes of the limits it is laid over. A section that makes no sense over these
   * very limits changes nothing: a decision must not fail by it, and {@code check-config} names it.
   * Each base is read once: there are as many as there are ways down the tree of areas. Any thread.
   */
  static final class Patch implements UnaryOperator<Limits> {
    private record Known(Limits base, Limits result) {}

    private final YamlSection override;
    private final List<ConfigProblem> refused = new ArrayList<>();
    private volatile Known[] known = {};

    Patch(YamlSection override) {
      this.override = override.again(refused);
    }

    /** By identity: this is asked with each event, and the same limits are the same object. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public Limits apply(Limits base) {
      for (Known one : known) {
        if (one.base() == base) {
          return one.result();
        }
      }
      return read(base);
    }

    /** What made no sense over limits it was laid over so far. */
    synchronized List<ConfigProblem> refused() {
      return List.copyOf(refused);
    }

    private synchronized Limits read(Limits base) {
      Limits result = LimitsYaml.read(override.again(refused), base);
      Known[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = new Known(base, result);
      known = more;
      return result;
    }
  }
}
