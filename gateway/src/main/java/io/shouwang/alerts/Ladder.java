package io.shouwang.alerts;

import java.util.List;

/**
 * Who is reached, rung after rung, until somebody comes.
 *
 * @param name what an operator calls it
 * @param rungs in rising order of time; empty where the duty desk alone is rung
 */
public record Ladder(String name, List<Rung> rungs) {
  public Ladder {
    rungs = List.copyOf(rungs);
    for (int i = 1; i < rungs.size(); i++) {
      if (rungs.get(i).after().compareTo(rungs.get(i - 1).after()) <= 0) {
        throw new IllegalArgumentException("ladder " + name + ": rung times must rise");
      }
    }
  }
}
