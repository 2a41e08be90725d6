package io.shouwang.config;

import io.shouwang.model.CareContact.Means;
import io.shouwang.model.Identity;
import io.shouwang.model.Role;
import io.shouwang.rules.Duty;
import io.shouwang.rules.DutySettings;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what is owed to elders, in section {@code duties} of {@code rules.yaml}. */
final class DutiesYaml {
  private static final String FIRST_CONTACT = "first_contact";
  private static final int WORDS_MAX = 20;

  private DutiesYaml() {}

  /** The list {@code owed}; as a whole in place of what held without it. */
  static List<Duty> owed(YamlSection yaml, List<Duty> base) {
    List<YamlSection> entries = yaml.sections("owed");
    if (!yaml.has("owed")) {
      return base;
    }
    if (entries.size() > DutySettings.DUTIES_MAX) {
      yaml.reportAt(
          "owed",
          "there are " + entries.size() + " duties",
          "at most " + DutySettings.DUTIES_MAX + " may stand here");
      return base;
    }
    List<Duty> duties = new ArrayList<>();
    for (YamlSection entry : entries) {
      int before = entry.problemCount();
      String name = name(entry);
      List<String> categories = entry.ids("categories", List.of(), WORDS_MAX);
      int count = entry.integer("count", 1, 1, Duty.COUNT_MAX);
      Duty.Per per = oneOf(entry, "per", Duty.Per.values(), Duty.Per.WEEK);
      Set<Means> means = means(entry);
      List<String> by = entry.ids("by", List.of(), WORDS_MAX);
      Duration dueSoon =
          entry.duration("due_soon", Duration.ofDays(2), Duration.ZERO, Duration.ofDays(31));
      entry.done();
      if (entry.problemCount() == before) {
        duties.add(
            new Duty(
                name,
                Set.copyOf(categories),
                count,
                per,
                means,
                by.stream().map(Role::new).collect(Collectors.toUnmodifiableSet()),
                dueSoon));
      }
    }
    return duties;
  }

  private static String name(YamlSection entry) {
    Optional<YamlSection.Placed> word = entry.has("name") ? entry.word("name") : Optional.empty();
    if (word.isEmpty()) {
      entry.word("name");
      entry.report("a duty has no name", "add name: weekly_visit or another of its own");
      return "";
    }
    if (!Identity.isValid(word.get().text())) {
      entry.report(
          word.get().mark(),
          "duty " + Escaped.quoted(word.get().text()) + " has no valid name",
          "use 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return word.get().text();
  }

  private static Set<Means> means(YamlSection entry) {
    Set<Means> means = new LinkedHashSet<>();
    for (YamlSection.Placed word : entry.words("means")) {
      find(entry, word, "means", Means.values()).ifPresent(means::add);
    }
    if (!entry.has("means")) {
      entry.report("a duty doesn't say what counts", "add means, like means: [call, visit]");
    } else if (entry.words("means").isEmpty()) {
      entry.reportAt("means", entry.named("means") + " names nothing", "write one at least");
    }
    return means;
  }

  private static <E extends Enum<E>> E oneOf(YamlSection entry, String key, E[] all, E standard) {
    return entry.word(key).flatMap(word -> find(entry, word, key, all)).orElse(standard);
  }

  private static <E extends Enum<E>> Optional<E> find(
      YamlSection entry, YamlSection.Placed word, String key, E[] all) {
    List<String> known =
        Arrays.stream(all).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    int at = known.indexOf(word.text());
    if (at < 0) {
      entry.report(
          word.mark(),
          entry.named(key) + " is " + Escaped.quoted(word.text()),
          Resemblance.hint(word.text(), known));
      return Optional.empty();
    }
    return Optional.of(all[at]);
  }

  /** A day, or null for {@code first_contact}. */
  static @Nullable LocalDate countedFrom(YamlSection yaml, @Nullable LocalDate base) {
    Optional<YamlSection.Placed> word = yaml.word("counted_from");
    if (word.isEmpty()) {
      return base;
    }
    if (word.get().text().equals(FIRST_CONTACT)) {
      return null;
    }
    try {
      return LocalDate.parse(word.get().text());
    } catch (DateTimeParseException none) {
      yaml.report(
          word.get().mark(),
          yaml.named("counted_from") + " is " + Escaped.quoted(word.get().text()),
          "write a day, like 2026-01-31, or " + FIRST_CONTACT);
      return base;
    }
  }
}
