package io.shouwang.model;

import java.util.List;

/** What elders can do alone, in the words of the registry, and whose turn comes first by it. */
public final class Ability {
  /** Least able first, after the five levels of GB/T 42195-2022. */
  private static final List<String> WORDS =
      List.of("dependent", "mostly_dependent", "partly_dependent", "", "mostly_able", "able");

  private Ability() {}

  /**
   * The lower, the less able. What isn't known, or a word of an office's own, comes before those of
   * whom it is known that they can help themselves.
   */
  public static int rank(String word) {
    int rank = WORDS.indexOf(word);
    return rank < 0 ? WORDS.indexOf("") : rank;
  }

  /** Behind everybody: for an alert that is about nobody. */
  public static int last() {
    return WORDS.size();
  }
}
