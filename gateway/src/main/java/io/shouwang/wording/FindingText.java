package io.shouwang.wording;

import io.shouwang.rules.Figure;
import io.shouwang.rules.Finding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule found, in words: the phrase {@code finding.<rule>.<code>}, its gaps filled with the
 * finding's figures, {@code {device}} and {@code {since}}. A figure whose name ends in {@code _at}
 * is a time; one that ends in {@code _word} names a phrase of the group {@code word}; one that ends
 * in {@code _zh} or {@code _en} is a text in that language alone, for the gap without the ending.
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
      gaps.add(gap(figure.name()));
      gaps.add(value(figure, zone, beside));
    }
    gaps.add("device");
    gaps.add(finding.device() == null ? "" : finding.device());
    gaps.add("since");
    gaps.add(phrases.time(finding.since(), zone, beside));
    return phrases.text("finding." + finding.rule() + "." + finding.code(), gaps.toArray());
  }

  private String gap(String figure) {
    String ending = "_" + phrases.language();
    return figure.endsWith(ending)
        ? figure.substring(0, figure.length() - ending.length())
        : figure;
  }

  private String value(Figure figure, ZoneId zone, Instant beside) {
    if (figure.name().endsWith("_at")) {
      return phrases.time(Instant.parse(figure.value()), zone, beside);
    }
    return figure.name().endsWith("_word") ? phrases.name("word", figure.value()) : figure.value();
  }
}
