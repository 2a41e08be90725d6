package io.shouwang.notify.wechat;

import io.shouwang.notify.provider.Notice;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A template that WeChat approved, and which part of a notice goes where. */
record Template(String id, List<Part> parts) {
  private static final int PARTS_MAX = 5;

  /**
   * One keyword.
   *
   * @param otherwise said where the field is empty or can't be said in the keyword's type; empty if
   *     the message is then not sent
   */
  record Part(String name, Keyword type, Notice.Field field, String otherwise) {}

  Template {
    parts = List.copyOf(parts);
  }

  /**
   * A notice's values by their keywords.
   *
   * @return the values, or the keyword that could not be filled
   */
  Filled fill(Notice notice) {
    Map<String, Object> data = new LinkedHashMap<>();
    Part marked =
        switch (notice.purpose()) {
          case RING, NEWS -> notice.exercise() ? mark() : null;
          case VERIFY, TEST -> null;
        };
    for (Part part : parts) {
      String text = notice.field(part.field());
      if (part.equals(marked)) {
        text = (notice.language().equals("en") ? "EXERCISE " : "【演练】") + text;
      }
      Optional<String> value =
          text.isBlank() && !part.otherwise().isEmpty() ? Optional.empty() : part.type().fit(text);
      String said = value.orElse(part.otherwise());
      if (said.isEmpty()) {
        return new Filled(Map.of(), part.name());
      }
      data.put(part.name(), Map.of("value", said));
    }
    return new Filled(data, null);
  }

  /**
   * Where an exercise is to be said: the kind says it by itself, else the first part that takes any
   * words. Null if there is none such, or no need.
   */
  private @Nullable Part mark() {
    if (parts.stream().anyMatch(part -> part.field() == Notice.Field.KIND)) {
      return null;
    }
    return parts.stream().filter(part -> part.type().takesWords()).findFirst().orElse(null);
  }

  /** What came of filling it. */
  record Filled(Map<String, Object> data, @Nullable String missing) {}

  /** Reads {@code template_id} and {@code data}; null after a mistake. */
  static @Nullable Template read(YamlSection section) {
    int before = section.problemCount();
    String id = section.word("template_id").map(YamlSection.Placed::text).orElse("");
    if (!id.matches("[A-Za-z0-9_-]{20,64}")) {
      section.reportAt(
          "template_id",
          section.named("template_id") + " is missing or none",
          "write the template's id from the service account's administration");
    }
    YamlSection data = section.section("data");
    List<Part> parts = new ArrayList<>();
    for (String name : data.keys()) {
      Part part = part(data, name);
      if (part != null) {
        parts.add(part);
      }
    }
    if (data.keys().isEmpty() || data.keys().size() > PARTS_MAX) {
      section.reportAt(
          "data",
          section.named("data") + " names " + data.keys().size() + " keywords",
          "name the template's keywords, 1 to " + PARTS_MAX + ", like thing2: place");
    }
    section.done();
    return section.problemCount() > before ? null : new Template(id, parts);
  }

  /** {@code thing2: place}, or {@code phrase4: kind | 紧急呼叫}. */
  private static @Nullable Part part(YamlSection data, String name) {
    Optional<YamlSection.Placed> word = data.word(name);
    Optional<Keyword> type = Keyword.of(name);
    if (type.isEmpty()) {
      data.reportAt(
          name,
          data.named(name) + " is no keyword",
          "write its type and number: "
              + Arrays.stream(Keyword.values())
                  .map(Keyword::word)
                  .collect(Collectors.joining(", ")));
      return null;
    }
    if (word.isEmpty()) {
      return null;
    }
    String[] said = word.get().text().split("\\|", 2);
    String otherwise = said.length == 2 ? said[1].strip() : "";
    Optional<Notice.Field> field = field(said[0].strip());
    if (field.isEmpty()) {
      data.reportAt(
          name,
          data.named(name) + " is " + Escaped.quoted(said[0].strip()) + ", which is no field",
          "write one of "
              + Arrays.stream(Notice.Field.values())
                  .map(f -> f.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
      return null;
    }
    if (!otherwise.isEmpty() && !type.get().fit(otherwise).equals(Optional.of(otherwise))) {
      data.reportAt(
          name,
          Escaped.quoted(otherwise) + " does not fit a " + type.get().word(),
          "shorten it, or use only the characters that type takes");
      return null;
    }
    return new Part(name, type.get(), field.get(), otherwise);
  }

  private static Optional<Notice.Field> field(String word) {
    return Arrays.stream(Notice.Field.values())
        .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }
}
