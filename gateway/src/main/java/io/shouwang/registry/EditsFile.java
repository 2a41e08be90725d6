package io.shouwang.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shouwang.model.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A generation that differs from another by edits: which one, and what was edited since. Kept as
 * {@code edits.json} in place of an import's files.
 *
 * @param parent the hash of the other one
 * @param depth how many generations of edits lie between this one and an import
 */
record EditsFile(String parent, int depth, List<Change> changes) {
  static final String NAME = "edits.json";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  EditsFile {
    changes = List.copyOf(changes);
  }

  List<Entry> entries() {
    return changes.stream().map(Change::entry).toList();
  }

  /** The generation's name for these bytes. */
  static String hash(byte[] bytes) {
    MessageDigest digest = RegistryReader.sha256();
    digest.update(NAME.getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
    return HexFormat.of().formatHex(digest.digest(bytes));
  }

  byte[] bytes() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Change change : changes) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("at", change.at().toString());
      json.put("by", change.by());
      json.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
      json.put("section", change.entry().section().word());
      json.put("id", change.entry().id());
      json.put("fields", change.fields());
      json.put("rows", change.entry().rows());
      all.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("parent", parent);
    json.put("depth", depth);
    json.put("changes", all);
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  /**
   * Reads it.
   *
   * @throws IOException if it is damaged or of a later version
   */
  static EditsFile read(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    List<Change> changes = new ArrayList<>();
    try {
      for (JsonNode change : json.required("changes")) {
        changes.add(change(change));
      }
      return new EditsFile(
          json.required("parent").textValue(), json.required("depth").intValue(), changes);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(NAME + " is damaged or of a later version: " + e.getMessage(), e);
    }
  }

  private static Change change(JsonNode json) {
    String id = json.required("id").asText();
    if (!Identity.isValid(id)) {
      throw new IllegalArgumentException("an id is none");
    }
    Section section =
        Section.of(json.required("section").asText())
            .orElseThrow(() -> new IllegalArgumentException("a section is not known"));
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonNode row : json.required("rows")) {
      Map<String, String> values = new LinkedHashMap<>();
      row.properties().forEach(field -> values.put(field.getKey(), field.getValue().asText()));
      rows.add(values);
    }
    List<String> fields = new ArrayList<>();
    json.required("fields").forEach(field -> fields.add(field.asText()));
    return new Change(
        Instant.parse(json.required("at").asText()),
        json.required("by").asText(),
        Change.Kind.valueOf(json.required("kind").asText().toUpperCase(Locale.ROOT)),
        new Entry(section, id, rows),
        fields);
  }
}
