package io.shouwang.config;

import io.shouwang.registry.Escaped;
import io.shouwang.rules.AreaSettings;
import io.shouwang.rules.DeviceSettings;
import io.shouwang.rules.DutySettings;
import io.shouwang.rules.EmergencySettings;
import io.shouwang.rules.InactivitySettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LocationSettings;
import io.shouwang.rules.VitalsSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Reads the sections of {@code rules.yaml} that stand for a rule each, at its top for the whole
 * city and again in each override. What a section leaves out is what it is laid over: a component
 * of a settings record is one line here, with its key and the range that makes sense.
 */
final class LimitsYaml {
  /** Not {@code area}: in an override that names whom it is for. */
  static final String AREA = "area_incidents";

  private static final Duration DAY = InactivitySettings.LIMIT_MOST;
  private static final Duration SILENCE_LEAST = minutes(30);

  private LimitsYaml() {}

  /** The limits with what these sections change; only the sections, not the rest of the mapping. */
  static Limits read(YamlSection sections, Limits base) {
    return base.withEmergency(read(sections, "emergency", base.emergency(), LimitsYaml::emergency))
        .withInactivity(read(sections, "inactivity", base.inactivity(), LimitsYaml::inactivity))
        .withLocation(read(sections, "location", base.location(), LimitsYaml::location))
        .withVitals(read(sections, "vitals", base.vitals(), LimitsYaml::vitals))
        .withDevices(read(sections, "devices", base.devices(), LimitsYaml::devices))
        .withDuties(read(sections, "duties", base.duties(), LimitsYaml::duties))
        .withArea(read(sections, AREA, base.area(), LimitsYaml::area));
  }

  private static EmergencySettings emergency(YamlSection yaml, EmergencySettings base) {
    return new EmergencySettings(yaml.flag("enabled", base.enabled()));
  }

  private static InactivitySettings inactivity(YamlSection yaml, InactivitySettings base) {
    return new InactivitySettings(
        yaml.flag("enabled", base.enabled()),
        yaml.flag("without_motion", base.withoutMotion()),
        yaml.timeOfDay("waking_from", base.wakingFrom()),
        yaml.timeOfDay("waking_to", base.wakingTo()),
        yaml.duration("waking_limit", base.wakingLimit(), SILENCE_LEAST, DAY),
        yaml.duration("any_time_limit", base.anyTimeLimit(), SILENCE_LEAST, DAY),
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
    return new VitalsSettings(yaml.flag("enabled", base.enabled()));
  }

  private static DeviceSettings devices(YamlSection yaml, DeviceSettings base) {
    return new DeviceSettings(yaml.flag("enabled", base.enabled()));
  }

  private static DutySettings duties(YamlSection yaml, DutySettings base) {
    return new DutySettings(yaml.flag("enabled", base.enabled()));
  }

  private static AreaSettings area(YamlSection yaml, AreaSettings base) {
    return new AreaSettings(
        yaml.flag("enabled", base.enabled()),
        yaml.integer("fire_homes", base.fireHomes(), 2, 1_000),
        yaml.duration("fire_window", base.fireWindow(), minutes(1), hours(24)),
        yaml.integer("outage_homes", base.outageHomes(), 2, 100_000),
        yaml.duration("outage_window", base.outageWindow(), minutes(1), hours(24)));
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
          Escaped.line(name + " makes no sense as a whole: " + together.getMessage()),
          "change one of these values, or both");
      return base;
    }
  }

  /**
   * What an override makes of the limits it is laid over. A section that makes no sense over these
   * very limits changes nothing: a decision must not fail by it, and {@code check-config} names it.
   * Each base is read once: there are as many as there are ways down the tree of areas. Any thread.
   */
  static final class Patch implements UnaryOperator<Limits> {
    private record Known(Limits base, Limits result) {}

    private final YamlSection override;
    private volatile Known[] known = {};

    Patch(YamlSection override) {
      this.override = override.again();
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

    private synchronized Limits read(Limits base) {
      Limits result = LimitsYaml.read(override.again(), base);
      Known[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = new Known(base, result);
      known = more;
      return result;
    }
  }
}
