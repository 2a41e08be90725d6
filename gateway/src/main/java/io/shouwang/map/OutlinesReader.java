package io.shouwang.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.model.AreaId;
import io.shouwang.model.Identity;
import io.shouwang.yaml.Amounts;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads outlines from GeoJSON (RFC 7946), in WGS-84. All mistakes are found at once, each with the
 * line its feature begins on. One thread.
 */
public final class OutlinesReader {
  public static final int FILE_BYTES_MAX = 8 << 20;
  static final int FEATURES_MAX = 20_000;
  static final int POSITIONS_MAX = 200_000;
  private static final int PROBLEMS_MAX = 20;
  private static final int NAME_MAX = 100;
  private static final int HASH_BYTES = 8;
  private static final List<String> KINDS =
      List.of("area", "green", "water", "rail", "road", "building", "place");

  /** How deep the positions of a geometry lie in arrays. */
  private static final Map<String, Integer> DEPTHS =
      Map.of("Point", 0, "LineString", 1, "MultiLineString", 2, "Polygon", 2, "MultiPolygon", 3);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();

  private final String file;
  private final List<ConfigProblem> problems;
  private final int problemsBefore;
  private final Set<AreaId> areas = new HashSet<>();
  private int features;
  private int positions;

  /** What is wrong with the feature that is read; the first is enough. */
  private @Nullable String wrong;

  private String remedy = "";

  private OutlinesReader(String file, List<ConfigProblem> problems) {
    this.file = file;
    this.problems = problems;
    this.problemsBefore = problems.size();
  }

  /**
   * Reads a whole file.
   *
   * @param file its name, for the problems
   * @return null if there were problems
   */
  public static @Nullable Outlines read(String file, byte[] bytes, List<ConfigProblem> problems) {
    return new OutlinesReader(file, problems).read(bytes);
  }

  private @Nullable Outlines read(byte[] bytes) {
    if (bytes.length > FILE_BYTES_MAX) {
      report(
          0, 0, "is larger than " + Amounts.text((long) FILE_BYTES_MAX), "simplify the outlines");
      return null;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    try (JsonParser in = FACTORY.createParser(bytes);
        JsonGenerator out = FACTORY.createGenerator(kept)) {
      collection(in, out);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      report(
          at == null ? 0 : at.getLineNr(),
          at == null ? 0 : at.getColumnNr(),
          "is no JSON from here on",
          "write it anew, as GeoJSON in UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can always be read", e);
    }
    if (problems.size() > problemsBefore) {
      return null;
    }
    byte[] json = kept.toByteArray();
    return new Outlines(json, hash(json), areas);
  }

  private void collection(JsonParser in, JsonGenerator out) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      report(1, 1, "is no GeoJSON", "write a FeatureCollection");
      return;
    }
    boolean hasFeatures = false;
    out.writeStartObject();
    out.writeStringField("type", "FeatureCollection");
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      if (name.equals("features") && in.currentToken() == JsonToken.START_ARRAY && !hasFeatures) {
        hasFeatures = true;
        out.writeArrayFieldStart("features");
        while (in.nextToken() != JsonToken.END_ARRAY) {
          JsonLocation at = in.currentTokenLocation();
          feature(MAPPER.readTree(in), at, out);
          if (isEnough()) {
            return;
          }
        }
        out.writeEndArray();
      } else {
        in.skipChildren();
      }
    }
    out.writeEndObject();
    if (!hasFeatures) {
      report(1, 1, "has no features", "write a FeatureCollection");
    }
  }

  /** Whether to read on makes no sense: too much of it, or too much wrong with it. */
  private boolean isEnough() {
    if (problems.size() - problemsBefore >= PROBLEMS_MAX) {
      report(0, 0, "has more mistakes than are shown", "correct these first");
      return true;
    }
    if (features > FEATURES_MAX || positions > POSITIONS_MAX) {
      report(
          0,
          0,
          "has more than " + FEATURES_MAX + " features or " + POSITIONS_MAX + " positions",
          "simplify the outlines");
      return true;
    }
    return false;
  }

  private void feature(JsonNode feature, JsonLocation at, JsonGenerator out) throws IOException {
    features++;
    wrong = null;
    JsonNode properties = feature.path("properties");
    JsonNode geometry = feature.path("geometry");
    String kind = properties.path("kind").asText();
    if (!feature.path("type").asText().equals("Feature")) {
      say("is no Feature", "write \"type\": \"Feature\"");
    }
    if (!KINDS.contains(kind)) {
      say(
          "is of kind " + Escaped.quoted(kind) + " by its properties",
          Resemblance.hint(kind, KINDS));
    }
    String name = text(properties, "name");
    if (name.length() > NAME_MAX) {
      say("has a name of " + name.length() + " characters", "use at most " + NAME_MAX);
    }
    String area = id(properties, "area");
    String level = id(properties, "level");
    String kindOf = id(properties, "class");
    geometry(geometry);
    if (wrong != null) {
      String which =
          name.isEmpty() ? "" : " (" + name.substring(0, Math.min(40, name.length())) + ")";
      report(at.getLineNr(), at.getColumnNr(), "feature " + features + which + " " + wrong, remedy);
      return;
    }
    if (!area.isEmpty()) {
      areas.add(new AreaId(area));
    }
    out.writeStartObject();
    out.writeStringField("type", "Feature");
    out.writeObjectFieldStart("properties");
    out.writeStringField("kind", kind);
    put(out, "name", name);
    put(out, "area", area);
    put(out, "level", level);
    put(out, "class", kindOf);
    out.writeEndObject();
    out.writeObjectFieldStart("geometry");
    out.writeStringField("type", geometry.path("type").asText());
    out.writeFieldName("coordinates");
    MAPPER.writeTree(out, geometry.path("coordinates"));
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void put(JsonGenerator out, String key, String value) throws IOException {
    if (!value.isEmpty()) {
      out.writeStringField(key, value);
    }
  }

  private String text(JsonNode properties, String key) {
    JsonNode value = properties.path(key);
    if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
      say("has a " + key + " that is no text", "write it in quotes, or leave it out");
    }
    return value.isTextual() ? value.asText() : "";
  }

  private String id(JsonNode properties, String key) {
    String value = text(properties, key);
    if (!value.isEmpty() && !Identity.isValid(value)) {
      say(
          "has " + key + " " + Escaped.quoted(value),
          key.equals("area") ? "name an area by its id in areas.csv" : "use A-Z a-z 0-9 _ -");
    }
    return value;
  }

  private void geometry(JsonNode geometry) {
    String type = geometry.path("type").asText();
    Integer depth = DEPTHS.get(type);
    if (depth == null) {
      say(
          "has a geometry of type " + Escaped.quoted(type),
          "use Point, LineString, MultiLineString, Polygon or MultiPolygon");
      return;
    }
    positions(geometry.path("coordinates"), depth, type.endsWith("Polygon"));
  }

  private void positions(JsonNode node, int depth, boolean isRing) {
    if (depth == 0) {
      position(node);
      return;
    }
    if (!node.isArray() || node.isEmpty()) {
      say("has a geometry without positions", "give it some, or take the feature out");
      return;
    }
    node.forEach(each -> positions(each, depth - 1, isRing));
    if (depth == 1 && node.size() < 2) {
      say("has a line of one position", "a line has two or more");
    }
    if (depth == 1
        && isRing
        && (node.size() < 4 || !node.get(0).equals(node.get(node.size() - 1)))) {
      say("has a polygon whose last position isn't its first", "close it by its first position");
    }
  }

  private void position(JsonNode node) {
    positions++;
    boolean isOne =
        node.isArray()
            && node.size() >= 2
            && node.get(0).isNumber()
            && node.get(1).isNumber()
            && Math.abs(node.get(0).asDouble()) <= 180
            && Math.abs(node.get(1).asDouble()) <= 90;
    if (!isOne) {
      String shown = node.toString();
      say(
          "has position " + Escaped.quoted(shown.substring(0, Math.min(40, shown.length()))),
          "write [longitude, latitude] in degrees WGS-84");
    }
  }

  private void say(String what, String how) {
    if (wrong == null) {
      wrong = what;
      remedy = how;
    }
  }

  private void report(int line, int column, String what, String how) {
    problems.add(new ConfigProblem(file, line, column, what, how));
  }

  private static String hash(byte[] json) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
