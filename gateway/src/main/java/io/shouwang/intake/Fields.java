package io.shouwang.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The fields of a payload that this gateway reads, as they were said. The rest is skipped. */
final class Fields {
  @Nullable Value id;
  @Nullable Value at;
  @Nullable Value action;
  @Nullable Value state;
  @Nullable Value room;
  @Nullable Value confidence;
  @Nullable Value batteryPct;
  @Nullable Value worn;
  @Nullable Value charging;
  @Nullable Value online;
  @Nullable Value heartRateBpm;
  @Nullable Value spo2Pct;
  @Nullable Value bodyTempC;
  @Nullable Value systolicMmhg;
  @Nullable Value diastolicMmhg;
  @Nullable Value steps;
  @Nullable Value litres;

  /** The payload itself when it is a position, else what its {@code location} holds. */
  final Place place = new Place();

  /** One scalar, or the fact that it was none. */
  record Value(JsonToken token, String text) {
    /** The text of a string; null of anything else. */
    @Nullable String string() {
      return token == JsonToken.VALUE_STRING ? text : null;
    }

    @Nullable Boolean truth() {
      return switch (token) {
        case VALUE_TRUE -> Boolean.TRUE;
        case VALUE_FALSE -> Boolean.FALSE;
        default -> null;
      };
    }

    @Nullable Double number() {
      if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
        return null;
      }
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? number : null;
    }
  }

  /** A position's fields. */
  static final class Place {
    @Nullable Value lat;
    @Nullable Value lon;
    @Nullable Value accuracyM;
    @Nullable Value fixAt;
    @Nullable Value source;
    @Nullable Value datum;

    private boolean take(String name, JsonParser parser) throws IOException {
      switch (name) {
        case "lat" -> lat = value(parser);
        case "lon" -> lon = value(parser);
        case "accuracy_m" -> accuracyM = value(parser);
        case "fix_at" -> fixAt = value(parser);
        case "source" -> source = value(parser);
        case "datum" -> datum = value(parser);
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads a whole document.
   *
   * @return null if it isn't one JSON object
   * @throws IOException if it isn't JSON, or passes a bound
   */
  static @Nullable Fields read(byte[] bytes, boolean placeAtTop) throws IOException {
    try (JsonParser parser = Json.parser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Fields fields = new Fields();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.take(name, parser, placeAtTop);
        // Reads a skipped value to its end, so that what is wrong with it is seen.
        parser.finishToken();
      }
      return parser.nextToken() == null ? fields : null;
    }
  }

  private void take(String name, JsonParser parser, boolean placeAtTop) throws IOException {
    switch (name) {
      case "id" -> id = value(parser);
      case "at" -> at = value(parser);
      case "action" -> action = value(parser);
      case "state" -> state = value(parser);
      case "room" -> room = value(parser);
      case "confidence" -> confidence = value(parser);
      case "battery_pct" -> batteryPct = value(parser);
      case "worn" -> worn = value(parser);
      case "charging" -> charging = value(parser);
      case "online" -> online = value(parser);
      case "heart_rate_bpm" -> heartRateBpm = value(parser);
      case "spo2_pct" -> spo2Pct = value(parser);
      case "body_temp_c" -> bodyTempC = value(parser);
      case "systolic_mmhg" -> systolicMmhg = value(parser);
      case "diastolic_mmhg" -> diastolicMmhg = value(parser);
      case "steps" -> steps = value(parser);
      case "used_l" -> litres = value(parser);
      case "location" -> {
        if (!placeAtTop && parser.currentToken() == JsonToken.START_OBJECT) {
          placeIn(parser);
        } else {
          parser.skipChildren();
        }
      }
      default -> {
        if (!placeAtTop || !place.take(name, parser)) {
          parser.skipChildren();
        }
      }
    }
  }

  private void placeIn(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (!place.take(name, parser)) {
        parser.skipChildren();
      }
      parser.finishToken();
    }
  }

  private static Value value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isStructStart()) {
      parser.skipChildren();
      return new Value(token, token.asString());
    }
    return new Value(token, Utf8.whole(parser.getText()));
  }
}
