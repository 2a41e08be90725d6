package io.shouwang.wording;

import io.shouwang.rules.Figure;
import io.shouwang.rules.Finding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule found, in words: the phrase {@code finding.<rule>.<code>}, its gaps filled with the
 * finding's figures, {@code {device}}, {@code {elder}} (its id) and {@code {since}}. A figure whose
 * name ends in {@code _at} is a time; one that ends in {@code _word} names a phrase of the group
 * {@code word}.
 */
final class FindingText {
  private final Phrases phrases;

  FindingText(Phrases phrases) {
    this.phrases = phrases;
  }

  /**
   * @param beside the time it is told beside: a date is named where it is another
   */
  String of(Finding finding, ZoneId zone, Instant beside) {
    List<Object> gaps = new ArrayList<>();
    for (Figure figure : finding.figures()) {
      gaps.add(figure.name());
      gaps.add(value(figure, zone, beside));
    }
    gaps.add("device");
    gaps.add(finding.device() == null ? "" : finding.device());
    gaps.add("elder");
    gaps.add(finding.elder() == null ? "" : finding.elder());
    gaps.add("since");
    gaps.add(phrases.time(finding.since(), zone, beside));
    return phrases.text("finding." + finding.rule() + "." + finding.code(), gaps.toArray());
  }

  private String value(Figure figure, ZoneId zone, Instant beside) {
    if (figure.name().endsWith("_at")) {
      return phrases.time(Instant.parse(figure.value()), zone, beside);
    }
    return figure.name().endsWith("_word") ? phrases.name("word", figure.value()) : figure.value();
  }
}
