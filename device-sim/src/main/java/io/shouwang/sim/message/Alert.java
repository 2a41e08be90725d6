package io.shouwang.sim.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a responder receives it. Only {@code id} is certain; the rest is null where it was
 * missing: a responder shows what there is.
 *
 * @param delivery the idempotency key of this ring
 * @param coming who else comes, in words
 */
public record Alert(
    String id,
    @Nullable String delivery,
    @Nullable String kind,
    @Nullable String severity,
    @Nullable String state,
    @Nullable Instant raisedAt,
    List<Elder> elders,
    Home home,
    @Nullable Place location,
    @Nullable String why,
    List<String> coming,
    @Nullable Integer rung,
    @Nullable Instant replyBy,
    @Nullable String link) {

  /** The person watched over. */
  public record Elder(@Nullable String id, @Nullable String name, @Nullable Integer age) {}

  /** Where they live, and how to get in. */
  public record Home(
      @Nullable String id,
      @Nullable String address,
      @Nullable String area,
      @Nullable String phone,
      @Nullable String access) {}

  /** The last known position, in degrees, with its age in seconds. */
  public record Place(
      double lat, double lon, @Nullable Integer ageSeconds, @Nullable String source) {}

  /**
   * Reads an alert.
   *
   * @throws IOException if it is no JSON object or doesn't say which alert it is
   */
  public static Alert read(byte[] payload) throws IOException {
    JsonNode message = Fields.object(payload);
    String id = Fields.text(message, "alert");
    if (id == null) {
      throw new IOException("no field 'alert'");
    }
    return new Alert(
        id,
        Fields.text(message, "delivery"),
        Fields.text(message, "kind"),
        Fields.text(message, "severity"),
        Fields.text(message, "state"),
        Fields.time(message, "raised_at"),
        elders(message),
        home(message.path("home")),
        place(message.path("location")),
        Fields.text(message, "why"),
        coming(message.path("coming")),
        Fields.whole(message, "rung"),
        Fields.time(message, "reply_by"),
        Fields.text(message, "link"));
  }

  /** Whether nobody needs to answer it any more. */
  public boolean closed() {
    return "closed".equals(state);
  }

  private static List<Elder> elders(JsonNode message) {
    List<Elder> elders = new ArrayList<>();
    if (message.path("elder").isObject()) {
      elders.add(elder(message.path("elder")));
    }
    for (JsonNode one : message.path("elders")) {
      Elder elder = elder(one);
      if (!elders.contains(elder)) {
        elders.add(elder);
      }
    }
    return List.copyOf(elders);
  }

  private static Elder elder(JsonNode one) {
    return new Elder(Fields.text(one, "id"), Fields.text(one, "name"), Fields.whole(one, "age"));
  }

  private static Home home(JsonNode one) {
    return new Home(
        Fields.text(one, "id"),
        Fields.text(one, "address"),
        Fields.text(one, "area"),
        Fields.text(one, "phone"),
        shown(one.path("access")));
  }

  private static @Nullable Place place(JsonNode one) {
    Double lat = Fields.number(one, "lat");
    Double lon = Fields.number(one, "lon");
    return lat == null || lon == null
        ? null
        : new Place(lat, lon, Fields.whole(one, "age_s"), Fields.text(one, "source"));
  }

  private static List<String> coming(JsonNode list) {
    List<String> words = new ArrayList<>();
    for (JsonNode one : list) {
      String who = one.isTextual() ? one.textValue() : name(one);
      Integer eta = Fields.whole(one, "eta_min");
      words.add(eta == null ? who : who + " in " + eta + " min");
    }
    return List.copyOf(words);
  }

  private static String name(JsonNode one) {
    for (String field : List.of("name", "by", "responder", "id", "role")) {
      String text = Fields.text(one, field);
      if (text != null) {
        return text;
      }
    }
    return one.toString();
  }

  /** Text as it is; an object as {@code name: value} pairs, since the contract leaves both open. */
  private static @Nullable String shown(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isObject()) {
      return value.isTextual() ? value.textValue() : value.toString();
    }
    List<String> pairs = new ArrayList<>();
    value
        .properties()
        .forEach(field -> {
          String text = shown(field.getValue());
          if (text != null && !text.isBlank()) {
            pairs.add(field.getKey().replace('_', ' ') + ": " + text);
          }
        });
    return pairs.isEmpty() ? null : String.join(", ", pairs);
  }
}
