package io.shouwang.intake;

import com.fasterxml.jackson.core.JsonToken;
import io.shouwang.intake.Fields.Value;
import io.shouwang.model.DeviceHealth;
import io.shouwang.model.Fix;
import io.shouwang.model.Kind;
import io.shouwang.model.Point;
import io.shouwang.model.Signal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a payload's fields mean, kind by kind. Pure; words are compared exactly. */
final class SignalReader {
  /** More of a word that was said isn't kept. */
  private static final int SAID_LENGTH_MAX = 64;

  /** The last millisecond of the year 9999, RFC 3339's last. */
  private static final long EPOCH_MILLIS_MAX = 253_402_300_799_999L;

  private SignalReader() {}

  static Signal signal(Kind kind, Fields fields) {
    return switch (kind.value()) {
      case "sos" -> sos(fields);
      case "fall" -> fall(fields);
      case "smoke" -> new Signal.Hazard(smokeState(fields.state), said(fields.state), room(fields));
      case "gas" ->
          fields.state == null
              ? new Signal.Reading()
              : new Signal.Hazard(gasState(fields.state), said(fields.state), room(fields));
      case "location" -> position(fields);
      case "motion" ->
          fields.state != null && fields.state.string() != null
              ? new Signal.Motion("active".equals(fields.state.string()), room(fields))
              : new Signal.Unreadable("motion without a state");
      case "door" -> door(fields);
      case "bed" -> bed(fields);
      case "water" -> water(fields);
      case "vitals" -> vitals(fields);
      case "checkin" -> new Signal.Checkin();
      default -> new Signal.Reading();
    };
  }

  private static Signal door(Fields fields) {
    return switch (fields.state == null ? null : fields.state.string()) {
      case "open" -> new Signal.Door(true, room(fields));
      case "closed" -> new Signal.Door(false, room(fields));
      case null, default -> new Signal.Reading();
    };
  }

  private static Signal bed(Fields fields) {
    return switch (fields.state == null ? null : fields.state.string()) {
      case "in" -> new Signal.Bed(true);
      case "out" -> new Signal.Bed(false);
      case null, default -> new Signal.Reading();
    };
  }

  private static Signal water(Fields fields) {
    Double litres = number(fields.litres);
    return litres != null && litres > 0 ? new Signal.Water(litres) : new Signal.Reading();
  }

  private static Signal vitals(Fields fields) {
    Double steps = number(fields.steps);
    Signal.Vitals vitals =
        new Signal.Vitals(
            number(fields.heartRateBpm),
            number(fields.spo2Pct),
            number(fields.bodyTempC),
            number(fields.systolicMmhg),
            number(fields.diastolicMmhg),
            steps == null || steps < 0 || steps > Integer.MAX_VALUE ? null : steps.intValue());
    return vitals.equals(NOT_MEASURED) ? new Signal.Reading() : vitals;
  }

  /** What a device says of itself in whatever it sends; null if nothing. */
  static @Nullable DeviceHealth health(Fields fields) {
    Double battery = number(fields.batteryPct);
    DeviceHealth health =
        new DeviceHealth(
            battery != null && battery >= 0 && battery <= 100 ? battery.intValue() : null,
            truth(fields.worn),
            truth(fields.charging),
            truth(fields.online));
    return health.equals(NOTHING) ? null : health;
  }

  private static final Signal.Vitals NOT_MEASURED =
      new Signal.Vitals(null, null, null, null, null, null);

  private static final DeviceHealth NOTHING = new DeviceHealth(null, null, null, null);

  private static @Nullable Boolean truth(@Nullable Value value) {
    return value == null ? null : value.truth();
  }

  private static Signal sos(Fields fields) {
    Fix fix = fix(fields.place);
    if (fields.action == null) {
      return new Signal.Sos(Signal.Sos.Action.PRESS, "press", fix);
    }
    String action = fields.action.string();
    Signal.Sos.Action meant =
        "press".equals(action)
            ? Signal.Sos.Action.PRESS
            : "cancel".equals(action) ? Signal.Sos.Action.CANCEL : Signal.Sos.Action.UNKNOWN;
    return new Signal.Sos(meant, said(fields.action), fix);
  }

  private static Signal fall(Fields fields) {
    Double confidence = fields.confidence == null ? null : fields.confidence.number();
    boolean known = confidence != null && confidence >= 0 && confidence <= 1;
    return new Signal.Fall(known ? confidence : null, fix(fields.place));
  }

  private static Signal.Hazard.State smokeState(@Nullable Value state) {
    String text = state == null ? null : state.string();
    return switch (text) {
      case "alarm" -> Signal.Hazard.State.ALARM;
      case "clear" -> Signal.Hazard.State.CLEAR;
      case "test" -> Signal.Hazard.State.TEST;
      case "fault" -> Signal.Hazard.State.FAULT;
      case "tamper" -> Signal.Hazard.State.TAMPER;
      case null, default -> Signal.Hazard.State.UNKNOWN;
    };
  }

  /** Gas detectors have more words for "nothing"; what isn't one of them rings. */
  private static Signal.Hazard.State gasState(Value state) {
    return switch (state.string()) {
      case "normal", "ok", "idle" -> Signal.Hazard.State.CLEAR;
      case null, default -> smokeState(state);
    };
  }

  private static Signal position(Fields fields) {
    Double lat = number(fields.place.lat);
    Double lon = number(fields.place.lon);
    if (lat != null && lon != null && lat == 0 && lon == 0) {
      // What a receiver without a fix reports: a reading, and no place.
      return new Signal.Reading();
    }
    Fix fix = fix(fields.place);
    return fix == null ? new Signal.Unreadable("no usable position") : new Signal.Position(fix);
  }

  /** The fix, or null if there is none that can be used. */
  private static @Nullable Fix fix(Fields.Place place) {
    Double lat = number(place.lat);
    Double lon = number(place.lon);
    Datum datum = datum(place.datum);
    if (lat == null || lon == null || datum == null) {
      return null;
    }
    boolean outside = lat < -90 || lat > 90 || lon < -180 || lon > 180;
    if (outside || (lat == 0 && lon == 0)) {
      return null;
    }
    Point at = datum.toWgs84(new Point(lat, lon));
    Double accuracyM = number(place.accuracyM);
    return new Fix(
        at.lat(),
        at.lon(),
        accuracyM != null && accuracyM >= 0 ? accuracyM : null,
        place.fixAt == null ? null : instant(place.fixAt),
        source(place.source),
        Fix.WGS84);
  }

  private static @Nullable String source(@Nullable Value source) {
    String text = source == null ? null : source.string();
    return switch (text) {
      case "gnss", "wifi", "cell" -> text;
      case null, default -> null;
    };
  }

  /** The datum; null for one never heard of, since its places can't be found on a map. */
  private static @Nullable Datum datum(@Nullable Value datum) {
    if (datum == null || datum.token() == JsonToken.VALUE_NULL) {
      return Datum.WGS84;
    }
    String text = datum.string();
    return text == null || text.length() > 16 ? null : Datum.named(text);
  }

  /** A device time: RFC 3339 with offset, or epoch milliseconds; null if it is neither. */
  static @Nullable Instant instant(Value value) {
    if (value.token() == JsonToken.VALUE_NUMBER_INT) {
      // The parser bounds the number's length; this bounds its value.
      if (value.text().length() > 15) {
        return null;
      }
      long millis = Long.parseLong(value.text());
      return millis >= 0 && millis <= EPOCH_MILLIS_MAX ? Instant.ofEpochMilli(millis) : null;
    }
    String text = value.string();
    if (text == null || text.length() < 17 || text.length() > 40) {
      return null;
    }
    try {
      OffsetDateTime said = OffsetDateTime.parse(text);
      boolean fourDigits = said.getYear() >= 1 && said.getYear() <= 9998;
      return fourDigits ? said.toInstant().truncatedTo(ChronoUnit.MILLIS) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Double number(@Nullable Value value) {
    return value == null ? null : value.number();
  }

  private static @Nullable String room(Fields fields) {
    String room = fields.room == null ? null : fields.room.string();
    return room == null ? null : cut(room);
  }

  private static String said(@Nullable Value value) {
    return value == null ? "" : cut(value.text());
  }

  /** The text's beginning, never half a character. */
  static String cut(String text) {
    if (text.length() <= SAID_LENGTH_MAX) {
      return text;
    }
    int end = SAID_LENGTH_MAX;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }
}
