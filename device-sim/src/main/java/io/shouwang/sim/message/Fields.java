package io.shouwang.sim.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a received object; what is missing or of another type is null, never an error.
 */
final class Fields {
  private Fields() {}

  static JsonNode object(byte[] payload) throws IOException {
    JsonNode node = Payloads.JSON.readTree(payload);
    if (node == null || !node.isObject()) {
      throw new IOException("no JSON object");
    }
    return node;
  }

  static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  static @Nullable Integer whole(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isNumber() ? (Integer) value.intValue() : null;
  }

  static @Nullable Double number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isNumber() ? (Double) value.doubleValue() : null;
  }

  /** RFC 3339 with offset, or epoch milliseconds. */
  static @Nullable Instant time(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isNumber()) {
      return Instant.ofEpochMilli(value.longValue());
    }
    try {
      return value.isTextual() ? OffsetDateTime.parse(value.textValue()).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
