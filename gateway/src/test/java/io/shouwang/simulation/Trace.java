package io.shouwang.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What happened, in words: the latest at hand, all of it in a hash. */
final class Trace {
  private static final int LINES_KEPT = 60;

  private final SimulatedClock clock;
  private final ArrayDeque<String> latest = new ArrayDeque<>();
  private long hash = 0xcbf29ce484222325L;
  private long lines;

  Trace(SimulatedClock clock) {
    this.clock = clock;
  }

  void add(String what) {
    String line = clock.trueTime() + " " + what;
    for (int i = 0; i < line.length(); i++) {
      hash = (hash ^ line.charAt(i)) * 0x100000001b3L;
    }
    lines++;
    if (latest.size() == LINES_KEPT) {
      latest.removeFirst();
    }
    latest.add(line);
    if (Boolean.getBoolean("simulation.trace")) {
      System.out.println(line);
    }
  }

  /** The same for the same story, and for no other. */
  String hash() {
    return Long.toHexString(hash) + "/" + lines;
  }

  List<String> latest() {
    return new ArrayList<>(latest);
  }
}
