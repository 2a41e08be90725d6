package io.shouwang.registry;

import java.util.ArrayList;
import java.util.List;

/** Finds rows that are their own parent's parent. */
final class Cycles {
  private Cycles() {}

  /** One row of each cycle; -1 as a parent means none. */
  static List<Integer> find(int[] parents) {
    int[] visitedBy = new int[parents.length];
    List<Integer> found = new ArrayList<>();
    for (int row = 0; row < parents.length; row++) {
      int at = row;
      while (at >= 0 && visitedBy[at] == 0) {
        visitedBy[at] = row + 1;
        at = parents[at];
      }
      if (at >= 0 && visitedBy[at] == row + 1) {
        found.add(at);
      }
    }
    return found;
  }
}
