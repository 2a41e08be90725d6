package io.shouwang.backtest;

import io.shouwang.model.Identity;
import io.shouwang.model.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the column {@code kind} of a recording means, and how a value under it becomes a payload of
 * the device contract. Liberal in what it takes. Immutable; any thread.
 */
final class RecordedKind {
  /** The value says nothing that the gateway would be told: a button let go. */
  static final byte[] NOTHING = new byte[0];

  private enum Form {
    MOTION,
    DOOR,
    BED,
    WATER,
    HAZARD,
    SOS,
    FALL,
    CHECKIN,
    STATUS,
    LOCATION,
    FIELD,
    OBJECT,
    OTHER
  }

  private final Kind kind;
  private final Form form;
  private final String field;

  private RecordedKind(Kind kind, Form form, String field) {
    this.kind = kind;
    this.form = form;
    this.field = field;
  }

  /** What it means; null if it can be no kind at all. */
  static @Nullable RecordedKind of(String said) {
    String word = said.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "motion", "pir", "infrared", "presence", "occupancy" ->
          new RecordedKind(Kind.MOTION, Form.MOTION, "");
      case "door", "contact" -> new RecordedKind(Kind.DOOR, Form.DOOR, "");
      case "bed" -> new RecordedKind(Kind.BED, Form.BED, "");
      case "water" -> new RecordedKind(Kind.WATER, Form.WATER, "");
      case "smoke" -> new RecordedKind(Kind.SMOKE, Form.HAZARD, "");
      case "gas" -> new RecordedKind(Kind.GAS, Form.HAZARD, "");
      case "sos" -> new RecordedKind(Kind.SOS, Form.SOS, "");
      case "fall" -> new RecordedKind(Kind.FALL, Form.FALL, "");
      case "checkin" -> new RecordedKind(Kind.CHECKIN, Form.CHECKIN, "");
      case "status" -> new RecordedKind(Kind.STATUS, Form.STATUS, "");
      case "location" -> new RecordedKind(Kind.LOCATION, Form.LOCATION, "");
      case "vitals" -> new RecordedKind(Kind.VITALS, Form.OBJECT, "");
      case "steps",
          "heart_rate_bpm",
          "spo2_pct",
          "body_temp_c",
          "systolic_mmhg",
          "diastolic_mmhg" ->
          new RecordedKind(Kind.VITALS, Form.FIELD, word);
      case "battery_pct", "worn", "charging", "online" ->
          new RecordedKind(Kind.STATUS, Form.FIELD, word);
      default -> Identity.isValid(word) ? new RecordedKind(new Kind(word), Form.OTHER, "") : null;
    };
  }

  Kind kind() {
    return kind;
  }

  /** The type of device that a registry would name, guessed from what it says. */
  String deviceType() {
    return switch (kind.value()) {
      case "sos", "checkin" -> "button";
      case "vitals", "location", "fall", "status" -> "bracelet";
      default -> kind.value();
    };
  }

  /** Whether such a device is worn or held by a person rather than hung on a wall. */
  boolean isOfPerson() {
    String type = deviceType();
    return type.equals("button") || type.equals("bracelet");
  }

  /**
   * The payload that says this value at this time.
   *
   * @return {@link #NOTHING} where the gateway would be told nothing; null where the value can't be
   *     understood
   */
  byte @Nullable [] payload(byte[] text, int from, int to, long atMillis) {
    int start = from;
    int end = to;
    while (start < end && text[start] <= ' ' && text[start] >= 0) {
      start++;
    }
    while (end > start && text[end - 1] <= ' ' && text[end - 1] >= 0) {
      end--;
    }
    if (start < end && text[start] == '{') {
      return object(text, start, end, atMillis);
    }
    String value = new String(text, start, end - start, StandardCharsets.UTF_8);
    String inner = inner(value);
    return inner == null
        ? null
        : inner.equals("-")
            ? NOTHING
            : ("{\"at\":" + atMillis + (inner.isEmpty() ? "" : "," + inner) + "}")
                .getBytes(StandardCharsets.UTF_8);
  }

  /** The members of the object; "-" for nothing to say, null for not understood. */
  private @Nullable String inner(String value) {
    Boolean on = truth(value);
    return switch (form) {
      case MOTION -> on == null ? null : on ? "\"state\":\"active\"" : "\"state\":\"idle\"";
      case DOOR -> on == null ? null : on ? "\"state\":\"open\"" : "\"state\":\"closed\"";
      case BED -> on == null ? null : on ? "\"state\":\"in\"" : "\"state\":\"out\"";
      case WATER -> water(value, on);
      case HAZARD -> hazard(value);
      case SOS ->
          value.equalsIgnoreCase("cancel")
              ? "\"action\":\"cancel\""
              : Boolean.FALSE.equals(on) ? "-" : "";
      case FALL -> Boolean.FALSE.equals(on) ? "-" : "";
      case CHECKIN -> Boolean.FALSE.equals(on) ? "-" : "";
      case STATUS -> on == null ? null : "\"online\":" + on;
      case LOCATION -> location(value);
      case FIELD -> field(value, on);
      case OBJECT -> null;
      case OTHER -> isNumber(value) ? "\"value\":" + value : "\"value\":" + quoted(value);
    };
  }

  private static @Nullable String water(String value, @Nullable Boolean on) {
    if (isNumber(value)) {
      return "\"used_l\":" + value;
    }
    // It ran, nobody says how much.
    return on == null ? null : on ? "\"state\":\"on\",\"used_l\":0.001" : "\"state\":\"off\"";
  }

  /** A word never heard of stays one: it rings. */
  private static String hazard(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "on", "true", "1", "yes", "active", "detected" -> "\"state\":\"alarm\"";
      case "off", "false", "0", "no", "idle" -> "\"state\":\"clear\"";
      default -> "\"state\":" + quoted(word);
    };
  }

  private @Nullable String field(String value, @Nullable Boolean on) {
    if (field.equals("worn") || field.equals("charging") || field.equals("online")) {
      return on == null ? null : "\"" + field + "\":" + on;
    }
    return isNumber(value) ? "\"" + field + "\":" + value : null;
  }

  private static @Nullable String location(String value) {
    String[] parts = value.split("[ ;,/]+", -1);
    return parts.length == 2 && isNumber(parts[0]) && isNumber(parts[1])
        ? "\"lat\":" + parts[0] + ",\"lon\":" + parts[1]
        : null;
  }

  private static @Nullable Boolean truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ')) {
      case "on",
          "true",
          "1",
          "1.0",
          "yes",
          "active",
          "open",
          "opened",
          "motion",
          "detected",
          "occupied",
          "present",
          "in",
          "online",
          "worn",
          "charging" ->
          true;
      case "off",
          "false",
          "0",
          "0.0",
          "no",
          "idle",
          "inactive",
          "close",
          "closed",
          "clear",
          "no motion",
          "none",
          "vacant",
          "absent",
          "out",
          "offline" ->
          false;
      default -> isNumber(value) ? Double.parseDouble(value) > 0 : null;
    };
  }

  /** As JSON has numbers. */
  private static boolean isNumber(String value) {
    int at = value.startsWith("-") ? 1 : 0;
    int digits = 0;
    boolean point = false;
    for (int i = at; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '.' && !point && digits > 0) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        return false;
      }
    }
    boolean leadingZero =
        value.length() > at + 1 && value.charAt(at) == '0' && value.charAt(at + 1) != '.';
    return digits > 0 && digits <= 18 && !value.endsWith(".") && !leadingZero;
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static byte[] object(byte[] text, int start, int end, long atMillis) {
    String json = new String(text, start, end - start, StandardCharsets.UTF_8);
    if (json.contains("\"at\"")) {
      return json.getBytes(StandardCharsets.UTF_8);
    }
    String rest = json.substring(1).stripLeading();
    String separator = rest.startsWith("}") ? "" : ",";
    return ("{\"at\":" + atMillis + separator + rest).getBytes(StandardCharsets.UTF_8);
  }
}
