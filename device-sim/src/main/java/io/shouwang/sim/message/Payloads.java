package io.shouwang.sim.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What devices say, by the contract: one JSON object each, with the event's id and its time. */
public final class Payloads {
  static final ObjectMapper JSON = new ObjectMapper();

  /** RFC 3339 with offset, milliseconds. */
  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Payloads() {}

  /** The topic a device's events of this kind go to. */
  public static String topic(String device, String kind) {
    return "v1/devices/" + device + "/" + kind;
  }

  /** The topic on which a device, or a hub, hears the gateway. */
  public static String downTopic(String device) {
    return topic(device, "down");
  }

  /** An object with {@code id} and {@code at}, to be filled with the kind's fields. */
  public static ObjectNode event(String id, JsonNode at) {
    ObjectNode event = JSON.createObjectNode().put("id", id);
    event.set("at", at);
    return event;
  }

  /** A time as RFC 3339 with offset. */
  public static JsonNode at(Instant when) {
    return TextNode.valueOf(AT.format(when));
  }

  /**
   * A time as a person types it, kept as typed: RFC 3339 with offset, or epoch milliseconds.
   *
   * @throws IllegalArgumentException with both forms, for anything else
   */
  public static JsonNode at(String typed) {
    try {
      if (typed.matches("\\d{1,18}")) {
        return LongNode.valueOf(Long.parseLong(typed));
      }
      OffsetDateTime.parse(typed);
      return TextNode.valueOf(typed);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + typed + "' is no time; write 2026-03-01T08:00:00+08:00 or epoch milliseconds", e);
    }
  }

  /** The bytes of a payload. */
  public static byte[] bytes(JsonNode payload) {
    return payload.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A payload typed by a person: an object gets the {@code id} and {@code at} it lacks, anything
   * else stays as it is.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static JsonNode typed(String json, String id, JsonNode at) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
    if (node instanceof ObjectNode object) {
      if (!object.has("id")) {
        object.put("id", id);
      }
      if (!object.has("at")) {
        object.set("at", at);
      }
    }
    return node;
  }
}
