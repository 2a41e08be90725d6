package io.shouwang.config;

import io.shouwang.registry.Escaped;
import io.shouwang.rules.DeviceSettings;
import io.shouwang.rules.DutySettings;
import io.shouwang.rules.EmergencySettings;
import io.shouwang.rules.InactivitySettings;
import io.shouwang.rules.Limits;
import io.shouwang.rules.LocationSettings;
import io.shouwang.rules.VitalsSettings;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Reads the sections of {@code rules.yaml} that stand for a rule each, at its top for the whole
 * city and again in each override. What a section leaves out is what it is laid over: a component
 * of a settings record is one line here, with its key and the range that makes sense.
 */
final class LimitsYaml {
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

  private static EmergencySettings emergency(YamlSection yaml, EmergencySettings base) {
    return new EmergencySettings(yaml.flag("enabled", base.enabled()));
  }

  private static InactivitySettings inactivity(YamlSection yaml, InactivitySettings base) {
    return new InactivitySettings(yaml.flag("enabled", base.enabled()));
  }

  private static LocationSettings location(YamlSection yaml, LocationSettings base) {
    return new LocationSettings(yaml.flag("enabled", base.enabled()));
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
