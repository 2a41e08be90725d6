package io.shouwang.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the registry says under one id of a section, or what it is to say.
 *
 * @param rows by column, without empty fields and without blanks around the others; none: there is
 *     no such entry
 */
public record Entry(Section section, String id, List<Map<String, String>> rows) {
  private static final int VERSION_BYTES = 8;

  public Entry {
    rows = rows.stream().map(row -> tidy(section, id, row)).toList();
  }

  /** In the columns' order; what is no column comes last, and is a problem later. */
  private static Map<String, String> tidy(Section section, String id, Map<String, String> row) {
    Map<String, String> tidy = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>(section.fields());
    names.addAll(row.keySet());
    for (String name : names) {
      String value = name.equals(section.key()) ? id : row.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        tidy.put(name, value);
      }
    }
    return Collections.unmodifiableMap(tidy);
  }

  /** Whether there is none. */
  public boolean isAbsent() {
    return rows.isEmpty();
  }

  /** Names this content: two people who edit the same entry see by it that they do. */
  public String version() {
    MessageDigest digest = RegistryReader.sha256();
    for (Map<String, String> row : rows) {
      row.forEach((name, value) -> {
        field(digest, name);
        field(digest, value);
      });
      digest.update((byte) '\n');
    }
    return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
  }

  private static void field(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  /** The columns in which another entry says something else. */
  public List<String> differences(Entry other) {
    List<String> found = new ArrayList<>();
    for (String field : section.fields()) {
      if (!values(field).equals(other.values(field))) {
        found.add(field);
      }
    }
    return found;
  }

  private List<String> values(String field) {
    return rows.stream().map(row -> row.getOrDefault(field, "")).toList();
  }

  /** Without what it says. */
  @Override
  public String toString() {
    return section.word() + " " + id;
  }
}
