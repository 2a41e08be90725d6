package io.shouwang.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody probably meant. */
public final class Resemblance {
  private static final int LENGTH_MAX = 64;

  private Resemblance() {}

  /** The known word closest to the one written, if it is close enough to be meant. */
  public static Optional<String> closest(String written, Collection<String> known) {
    if (written.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    String word = written.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance = Math.max(1, word.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(word, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code did you mean "x"? Known are: a, b} or only the second half. */
  public static String hint(String written, Collection<String> known) {
    String list = "known are: " + String.join(", ", known);
    return closest(written, known)
        .map(word -> "did you mean \"" + word + "\"? (" + list + ")")
        .orElse(list);
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  public static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
