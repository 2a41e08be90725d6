package io.shouwang.console;

import java.util.List;

/** How the gateway is. Any thread; must not block. */
public interface Health {
  /** Whether the process does its work at all; if not, its supervisor restarts it. */
  boolean isLive();

  /** Why it can't take anything in at the moment; empty when it can. No personal data. */
  List<String> reasonsNotReady();
}
