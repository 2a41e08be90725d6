package io.shouwang.notify.cloud;

import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Field;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.yaml.YamlSection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The approved templates of one account, by language and by what a message is for. Chinese is
 * always there, and speaks for a language that isn't.
 */
public final class Templates {
  private static final String CHINESE = "zh";
  private static final List<String> LANGUAGES = List.of(CHINESE, "en");

  private final Map<String, Map<Purpose, Template>> byLanguage;

  private Templates(Map<String, Map<Purpose, Template>> byLanguage) {
    this.byLanguage = Map.copyOf(byLanguage);
  }

  /** A template with its gaps filled. */
  public record Filled(String code, Map<String, String> values) {
    /** The values alone, in the template's order. */
    public List<String> inOrder() {
      return new ArrayList<>(values.values());
    }
  }

  /** A notice in its template; empty if there is none for its purpose. */
  public Optional<Filled> fill(Notice notice) {
    String language = byLanguage.containsKey(notice.language()) ? notice.language() : CHINESE;
    Map<Purpose, Template> templates = byLanguage.getOrDefault(language, Map.of());
    Template template =
        switch (notice.purpose()) {
          case RING, NEWS, VERIFY -> templates.get(notice.purpose());
          case TEST -> templates.getOrDefault(Purpose.TEST, templates.get(Purpose.RING));
        };
    return template == null
        ? Optional.empty()
        : Optional.of(
            new Filled(template.code(), template.fill(notice, !language.equals(CHINESE))));
  }

  /**
   * Reads {@code templates}, and {@code max_length} for a value of theirs.
   *
   * @param needed what there must be a template for
   * @param standard characters in one value, unless the provider granted others
   * @return empty after a mistake
   */
  public static Optional<Templates> read(
      YamlSection section, Template.Form form, Set<Purpose> needed, int standard) {
    int before = section.problemCount();
    int most = section.integer("max_length", standard, 6, 500);
    YamlSection all = section.section("templates");
    Map<String, Map<Purpose, Template>> byLanguage = new HashMap<>();
    for (String language : LANGUAGES) {
      YamlSection one = all.section(language);
      if (one.isPresent()) {
        byLanguage.put(language, language(one, form, needed, most));
      }
    }
    if (!all.has(CHINESE)) {
      section.reportAt(
          "templates",
          all.named(CHINESE) + " is missing",
          "name the approved templates, each with template: and parameters:");
    }
    all.done();
    return section.problemCount() > before
        ? Optional.empty()
        : Optional.of(new Templates(byLanguage));
  }

  private static Map<Purpose, Template> language(
      YamlSection section, Template.Form form, Set<Purpose> needed, int most) {
    Map<Purpose, Template> templates = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      String word = purpose.name().toLowerCase(Locale.ROOT);
      YamlSection one = section.section(word);
      if (one.isPresent()) {
        Template.read(one, form, most)
            .ifPresent(template -> {
              require(one, purpose, template);
              templates.put(purpose, template);
            });
      } else if (needed.contains(purpose)) {
        section.report(
            section.named(word) + " is missing",
            "name the approved template for it, with template: and parameters:");
      }
    }
    section.done();
    return templates;
  }

  private static void require(YamlSection section, Purpose purpose, Template template) {
    switch (purpose) {
      case RING, NEWS -> {
        if (!template.names(Field.KIND)) {
          section.reportAt(
              "parameters",
              section.named("parameters") + " has no kind",
              "give one to it: in an exercise it is the kind that says so");
        }
      }
      case VERIFY -> {
        if (!template.names(Field.CODE)) {
          section.reportAt(
              "parameters",
              section.named("parameters") + " has no code",
              "give one to it: an address is proven with it");
        }
      }
      case TEST -> {
        // says what it likes
      }
    }
  }
}
