package io.shouwang.levels;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One CloudEvent 1.0 in structured mode, its data a JSON object (CNCF CloudEvents 1.0.2, JSON event
 * format 2.2 and HTTP binding 3.2, 3.3). Immutable; any thread.
 *
 * @param source the gateway it comes from; with the id it tells the same event twice
 * @param subject the alert, by its id at the county; null for a heartbeat
 */
record CloudEvent(
    String id, String source, String type, @Nullable String subject, Instant time, JsonNode data) {
  static final String ONE = "application/cloudevents+json";
  static final String BATCH = "application/cloudevents-batch+json";

  /** So many in one request at most. */
  static final int BATCH_MAX = 40;

  private static final int TEXT_LENGTH_MAX = 256;

  /** Every dimension bounded; the length of the whole is the server's to bound. */
  static final ObjectMapper JSON =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(12)
                      .maxNumberLength(32)
                      .maxStringLength(16 * 1024)
                      .maxNameLength(128)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .build());

  /** The body is none, or not as agreed. The message says what is wrong, and names no value. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String what) {
      super(what);
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }

  /** How a gateway is called in {@code source}. */
  static String sourceOf(String gateway) {
    return "urn:shouwang:gateway:" + gateway;
  }

  private Map<String, Object> attributes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("specversion", "1.0");
    json.put("id", id);
    json.put("source", source);
    json.put("type", type);
    if (subject != null) {
      json.put("subject", subject);
    }
    json.put("time", time.toString());
    json.put("datacontenttype", "application/json");
    json.put("data", data);
    return json;
  }

  byte[] written() {
    return bytes(attributes());
  }

  static byte[] written(List<CloudEvent> batch) {
    return bytes(batch.stream().map(CloudEvent::attributes).toList());
  }

  private static byte[] bytes(Object tree) {
    try {
      return JSON.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  /**
   * Reads a request's body.
   *
   * @param contentType which of the two forms it is
   */
  static List<CloudEvent> read(String contentType, byte[] body) throws Unreadable {
    String media = contentType.split(";", 2)[0].strip();
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (IOException e) {
      throw new Unreadable("the body is no JSON, or too deep or long in some part");
    }
    if (media.equals(ONE) && tree.isObject()) {
      return List.of(event(tree));
    }
    if (!media.equals(BATCH) || !tree.isArray()) {
      throw new Unreadable("send one event as " + ONE + ", or an array as " + BATCH);
    }
    if (tree.size() > BATCH_MAX) {
      throw new Unreadable("send at most " + BATCH_MAX + " events in one request");
    }
    List<CloudEvent> events = new ArrayList<>();
    for (JsonNode one : tree) {
      events.add(event(one));
    }
    return events;
  }

  private static CloudEvent event(JsonNode json) throws Unreadable {
    if (!"1.0".equals(text(json, "specversion"))) {
      throw new Unreadable("specversion must be 1.0");
    }
    String subject = json.has("subject") ? text(json, "subject") : null;
    try {
      return new CloudEvent(
          text(json, "id"),
          text(json, "source"),
          text(json, "type"),
          subject,
          Instant.parse(text(json, "time")),
          json.path("data"));
    } catch (DateTimeParseException e) {
      throw new Unreadable("time must be RFC 3339 in UTC");
    }
  }

  /** A text of an object that must be there. */
  static String text(JsonNode json, String name) throws Unreadable {
    JsonNode value = json.path(name);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new Unreadable(name + " is missing, or no text");
    }
    if (value.textValue().length() > TEXT_LENGTH_MAX) {
      throw new Unreadable(name + " is longer than " + TEXT_LENGTH_MAX);
    }
    return value.textValue();
  }

  /** A text that may be missing. */
  static @Nullable String textIf(JsonNode json, String name) throws Unreadable {
    return json.path(name).isMissingNode() || json.path(name).isNull() ? null : text(json, name);
  }

  /** A whole number from 0 on that must be there. */
  static long number(JsonNode json, String name) throws Unreadable {
    JsonNode value = json.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new Unreadable(name + " must be a whole number, not below 0");
    }
    return value.longValue();
  }
}
