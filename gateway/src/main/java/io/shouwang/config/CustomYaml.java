package io.shouwang.config;

import io.shouwang.custom.CustomRule;
import io.shouwang.custom.CustomRules;
import io.shouwang.custom.CustomSpec;
import io.shouwang.custom.Mistake;
import io.shouwang.model.Identity;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the list {@code custom} of {@code rules.yaml}: an office's own rules. */
final class CustomYaml {
  private static final int RULES_MAX = 100;
  private static final int KINDS_MAX = 20;
  private static final Pattern OF = Pattern.compile("([0-9]{1,2}) of ([0-9]{1,2})");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Alerts of these kinds mean something of their own already. */
  static final Set<String> TAKEN =
      Set.of(
          "area_incident",
          "battery_low",
          "bed",
          "call",
          "checkin_missed",
          "county_trouble",
          "device_fault",
          "device_offline",
          "door",
          "duty_overdue",
          "fall",
          "fence_entered",
          "fence_left",
          "gas",
          "gateway_trouble",
          "inactivity",
          "location",
          "motion",
          "night_wandering",
          "no_fix",
          "not_worn",
          "smoke",
          "sos",
          "test_overdue",
          "vitals",
          "vitals_trend",
          "water",
          "other");

  private final Set<String> names = new HashSet<>();

  CustomRules read(YamlSection root) {
    List<YamlSection> entries = root.sections("custom");
    List<CustomRule> rules = new ArrayList<>();
    if (entries.size() > RULES_MAX) {
      root.reportAt(
          "custom",
          "there are " + entries.size() + " custom rules",
          "at most " + RULES_MAX + " may stand here");
      return new CustomRules(rules);
    }
    for (YamlSection entry : entries) {
      int before = entry.problemCount();
      Optional<CustomSpec> spec = spec(entry);
      entry.done();
      List<Mistake> mistakes = new ArrayList<>();
      Optional<CustomRule> rule =
          spec.flatMap(s -> Optional.ofNullable(CustomRule.compile(s, mistakes)));
      for (Mistake mistake : mistakes) {
        entry
            .word("when")
            .ifPresent(when ->
                entry.report(
                    when,
                    mistake.line(),
                    mistake.column(),
                    "the expression of "
                        + spec.map(CustomSpec::name).orElse("")
                        + ": "
                        + mistake.what(),
                    "correct it at the caret"));
      }
      if (entry.problemCount() == before) {
        rule.ifPresent(rules::add);
      }
    }
    return new CustomRules(rules);
  }

  private Optional<CustomSpec> spec(YamlSection entry) {
    String name = name(entry);
    Optional<YamlSection.Placed> when = required(entry, "when", "an expression, like \"hour < 6\"");
    Severity severity = severity(entry);
    Set<Kind> on = kinds(entry);
    boolean looks = entry.has("every");
    Duration every = entry.duration("every", MINUTE.multipliedBy(10), MINUTE, DAY);
    if (looks == entry.has("on")) {
      entry.report(
          "a custom rule is asked " + (looks ? "both on events and every so often" : "never"),
          "write either on: [kinds of events] or every: 10m");
    }
    Duration dwell = entry.duration("for", Duration.ZERO, Duration.ofSeconds(1), DAY);
    int[] hitsOf = hitsOf(entry);
    YamlSection message = entry.section("message");
    if (!message.isPresent() && !entry.has("message")) {
      entry.report("a custom rule says nothing", "add message: {zh: ..., en: ...}");
    }
    String zh = text(message, "zh");
    String en = text(message, "en");
    message.done();
    return when.map(text ->
        new CustomSpec(
            name,
            text.text(),
            severity,
            on,
            looks ? every : null,
            dwell,
            hitsOf[0],
            hitsOf[1],
            zh,
            en));
  }

  private static Optional<YamlSection.Placed> required(
      YamlSection section, String key, String like) {
    if (!section.has(key)) {
      section.word(key);
      section.report(section.named(key) + " is missing", "add " + key + ": " + like);
      return Optional.empty();
    }
    return section.word(key);
  }

  private String name(YamlSection entry) {
    Optional<YamlSection.Placed> word = required(entry, "name", "a name of its own");
    if (word.isEmpty()) {
      return "custom";
    }
    String name = word.get().text();
    if (!Identity.isValid(name)) {
      entry.report(
          word.get().mark(),
          "custom rule " + Escaped.quoted(name) + " has no valid name",
          "use 1 to 64 of A-Z a-z 0-9 _ -");
      return "custom";
    }
    if (TAKEN.contains(name)) {
      entry.report(
          word.get().mark(),
          "a custom rule can't be named " + name + ": its alerts would pass for others",
          "choose another name");
    } else if (!names.add(name)) {
      entry.report(
          word.get().mark(), "there is a custom rule " + name + " already", "choose another name");
    }
    return name;
  }

  private static Severity severity(YamlSection entry) {
    Optional<YamlSection.Placed> word = entry.word("severity");
    String text = word.map(YamlSection.Placed::text).orElse("minor");
    if (!text.equals("minor") && !text.equals("major")) {
      word.ifPresent(placed ->
          entry.report(
              placed.mark(),
              entry.named("severity") + " is " + Escaped.quoted(text),
              "write minor or major"));
    }
    return text.equals("major") ? Severity.MAJOR : Severity.MINOR;
  }

  private static Set<Kind> kinds(YamlSection entry) {
    Set<Kind> kinds = new LinkedHashSet<>();
    List<YamlSection.Placed> words = entry.words("on");
    for (YamlSection.Placed word : words) {
      if (Identity.isValid(word.text())) {
        kinds.add(new Kind(word.text()));
      } else {
        entry.report(
            word.mark(),
            "kind " + Escaped.quoted(word.text()) + " is no valid name",
            "use 1 to 64 of A-Z a-z 0-9 _ -");
      }
    }
    if (entry.has("on") && (words.isEmpty() || words.size() > KINDS_MAX)) {
      entry.reportAt(
          "on", entry.named("on") + " names " + words.size() + " kinds", "name 1 to " + KINDS_MAX);
    }
    return kinds;
  }

  private static int[] hitsOf(YamlSection entry) {
    Optional<YamlSection.Placed> word = entry.word("of");
    if (word.isEmpty()) {
      return new int[] {1, 1};
    }
    Matcher matcher = OF.matcher(word.get().text());
    int hits = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    int of = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    if (hits < 1 || hits > of || of > CustomSpec.OF_MAX) {
      entry.report(
          word.get().mark(),
          entry.named("of") + " is " + Escaped.quoted(word.get().text()),
          "write how many of the last ones, like 3 of 5; " + CustomSpec.OF_MAX + " at most");
    } else if (entry.has("every")) {
      entry.report(
          word.get().mark(),
          entry.named("of") + " counts events, and this rule is asked every so often",
          "use for: 10m instead, or on: [kinds of events]");
    }
    return new int[] {hits, of};
  }

  private static String text(YamlSection message, String key) {
    if (!message.isPresent()) {
      return "";
    }
    Optional<YamlSection.Placed> word = required(message, key, "what is told to people");
    String text = word.map(placed -> placed.text().strip()).orElse("");
    boolean isLong = text.codePointCount(0, text.length()) > CustomSpec.MESSAGE_LENGTH_MAX;
    if (word.isPresent() && (text.isEmpty() || isLong || !text.equals(Escaped.line(text)))) {
      message.reportAt(
          key,
          message.named(key) + " is " + (text.isEmpty() ? "empty" : "too long or not one line"),
          "write one line of at most " + CustomSpec.MESSAGE_LENGTH_MAX + " characters");
    }
    return text;
  }
}
