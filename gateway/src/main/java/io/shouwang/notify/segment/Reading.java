package io.shouwang.notify.segment;

import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the settings of a network's account have in common. One thread. */
public record Reading(YamlSection section) {
  /** That of {@code channels.yaml} itself. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /**
   * A word of a given form.
   *
   * @param pattern a regular expression for all of it
   * @param standard null if it must be given
   * @param remedy what to write
   */
  public String word(String key, String pattern, @Nullable String standard, String remedy) {
    Optional<YamlSection.Placed> word = section.word(key);
    if (word.isEmpty()) {
      if (standard == null && !section.has(key)) {
        section.report(section.named(key) + " is missing", "write " + remedy);
      }
      return standard == null ? "" : standard;
    }
    if (!word.get().text().matches(pattern)) {
      section.report(
          word.get().mark(),
          section.named(key) + " is " + Escaped.quoted(word.get().text()),
          "write " + remedy);
    }
    return word.get().text();
  }

  /** One of several words. */
  public <V> V choice(String key, V standard, Map<String, V> choices) {
    Optional<YamlSection.Placed> word = section.word(key);
    if (word.isEmpty()) {
      return standard;
    }
    V chosen = choices.get(word.get().text());
    if (chosen == null) {
      section.report(
          word.get().mark(),
          section.named(key) + " is " + Escaped.quoted(word.get().text()),
          Resemblance.hint(word.get().text(), choices.keySet()));
      return standard;
    }
    return chosen;
  }

  /** The limit for one attempt, which {@code channels.yaml} has read and judged by itself. */
  public Duration limit() {
    return section
        .again(new ArrayList<>())
        .duration("timeout", LIMIT, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }
}
