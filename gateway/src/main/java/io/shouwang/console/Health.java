package io.shouwang.console;

import java.util.List;

/** How the gateway is. Any thread; must not block. */
public interface Health {
  /** Whether the process does its work at all; if not, its supervisor restarts it. */
  boolean isLive();

  /** What is wrong though it serves, for people; empty when nothing is. No personal data. */
  default List<String> troubles() {
    return List.of();
  }

  /** Why it can't take anything in at the moment; empty when it can. No personal data. */
  List<String> reasonsNotReady();
}
