package io.shouwang.notify.cloud;

import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Field;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A text that the provider approved beforehand, and which part of a notice fills which of its gaps.
 * Each value is one line of at most so many characters. A field that is named again goes on where
 * it was cut, since twelve characters rarely reach to the door. What is empty is said as the text
 * behind the bar, or as a dash: a gap left empty would have the message refused.
 *
 * @param code the provider's name for it
 * @param most characters in one value
 */
public record Template(String code, List<Part> parts, int most) {
  private static final int PARTS_MAX = 20;
  private static final String NOTHING = "-";

  /** Longer than any token: a link that was cut leads nowhere. */
  static final int LINK_TOKEN_ROOM = 160;

  /**
   * One gap.
   *
   * @param name the provider's name for it; its place, from 1, where they have none
   * @param otherwise said where the field is empty; empty for a dash
   */
  public record Part(String name, Field field, String otherwise) {}

  /**
   * How a provider writes its templates.
   *
   * @param code what their codes look like, as a regular expression
   * @param example of a code
   * @param isNamed whether gaps have names, or only an order
   */
  public record Form(String code, String example, boolean isNamed) {}

  public Template {
    parts = List.copyOf(parts);
  }

  /** The values by the names of their gaps, in the template's order. */
  Map<String, String> fill(Notice notice, boolean inEnglish) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<Field, Integer> said = new EnumMap<>(Field.class);
    for (Part part : parts) {
      String text = text(notice, part.field(), inEnglish);
      int from = Math.min(said.getOrDefault(part.field(), 0), text.length());
      String piece = Cut.whole(text.substring(from), most);
      said.put(part.field(), from + piece.length());
      String otherwise = part.otherwise().isEmpty() ? NOTHING : part.otherwise();
      values.put(part.name(), piece.isBlank() ? otherwise : piece.strip());
    }
    return values;
  }

  /** Square brackets stand for the sender's name; they are refused within a value. */
  private static String text(Notice notice, Field field, boolean inEnglish) {
    String text = Cut.line(notice.field(field)).replace('【', '（').replace('】', '）');
    return field == Field.KIND ? mark(notice, inEnglish) + text : text;
  }

  /** What is no alarm says so first, where nothing cuts it off. */
  private static String mark(Notice notice, boolean inEnglish) {
    return switch (notice.purpose()) {
      case RING, NEWS -> notice.exercise() ? (inEnglish ? "Drill: " : "演习 ") : "";
      case TEST -> inEnglish ? "Test: " : "测试 ";
      case VERIFY -> "";
    };
  }

  boolean names(Field field) {
    return parts.stream().anyMatch(part -> part.field() == field);
  }

  /** Reads {@code template} and {@code parameters}; empty after a mistake. */
  static Optional<Template> read(YamlSection section, Form form, int most) {
    int before = section.problemCount();
    String code = section.word("template").map(YamlSection.Placed::text).orElse("");
    if (!code.matches(form.code())) {
      section.reportAt(
          "template",
          section.named("template") + " is missing or none",
          "write the approved template's code, like " + form.example());
    }
    List<Part> parts = form.isNamed() ? named(section, most) : placed(section, most);
    if (parts.size() > PARTS_MAX) {
      section.reportAt(
          "parameters",
          section.named("parameters") + " names " + parts.size() + " parameters",
          "it may name at most " + PARTS_MAX);
    }
    section.done();
    return section.problemCount() > before
        ? Optional.empty()
        : Optional.of(new Template(code, parts, most));
  }

  private static List<Part> named(YamlSection section, int most) {
    YamlSection parameters = section.section("parameters");
    List<Part> parts = new ArrayList<>();
    for (String name : parameters.keys()) {
      if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,31}")) {
        parameters.reportAt(
            name,
            parameters.named(name) + " is no parameter",
            "write its name as it stands in the template between ${ and }");
      }
      parameters
          .word(name)
          .flatMap(word -> part(parameters, name, parameters.named(name), word, most))
          .ifPresent(parts::add);
    }
    return parts;
  }

  private static List<Part> placed(YamlSection section, int most) {
    List<Part> parts = new ArrayList<>();
    int place = 0;
    for (YamlSection.Placed word : section.words("parameters")) {
      place++;
      String where = section.named("parameters") + "[" + place + "]";
      part(section, Integer.toString(place), where, word, most).ifPresent(parts::add);
    }
    return parts;
  }

  /** {@code place}, or {@code coming | 尚无人}. */
  private static Optional<Part> part(
      YamlSection section, String name, String where, YamlSection.Placed word, int most) {
    String[] said = word.text().split("\\|", 2);
    String otherwise = said.length == 2 ? said[1].strip() : "";
    String wanted = said[0].strip();
    Optional<Field> field =
        Arrays.stream(Field.values()).filter(one -> word(one).equals(wanted)).findFirst();
    if (field.isEmpty()) {
      section.report(
          word.mark(),
          where + " is " + Escaped.quoted(wanted) + ", which is no field",
          "write one of "
              + Arrays.stream(Field.values())
                  .filter(one -> forbidden(one, most).isEmpty())
                  .map(Template::word)
                  .collect(Collectors.joining(", ")));
      return Optional.empty();
    }
    Optional<String> forbidden = forbidden(field.get(), most);
    if (forbidden.isPresent()) {
      section.report(word.mark(), where + " is " + wanted, forbidden.get());
      return Optional.empty();
    }
    if (otherwise.length() > most) {
      section.report(
          word.mark(),
          where + " says " + Escaped.quoted(otherwise) + " where there is nothing",
          "shorten it to " + most + " characters");
      return Optional.empty();
    }
    return Optional.of(new Part(name, field.get(), otherwise));
  }

  /** Why a field may not leave this way. */
  private static Optional<String> forbidden(Field field, int most) {
    return switch (field) {
      case WHY ->
          Optional.of(
              "take another: why it rings may tell of somebody's health, and providers keep texts");
      case LINK ->
          Optional.of("take another: a parameter may hold no link; people answer with 1 or 2");
      case LINK_TOKEN ->
          most < LINK_TOKEN_ROOM
              ? Optional.of(
                  "take another, or write max_length: "
                      + LINK_TOKEN_ROOM
                      + " if the provider granted that: a link that was cut leads nowhere")
              : Optional.empty();
      case KIND, ELDER, ELDER_MASKED, PLACE, TIME, ALERT, COMING, CODE -> Optional.empty();
    };
  }

  private static String word(Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
