package io.shouwang;

import io.shouwang.audit.Finding;
import io.shouwang.console.Health;
import io.shouwang.custom.CustomRule;
import io.shouwang.engine.Watchdog;
import io.shouwang.journal.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How the gateway is, put together from those who know. */
record GatewayHealth(
    Watchdog watchdog,
    Supplier<Space> space,
    Supplier<List<Finding>> findings,
    List<String> unguarded,
    Supplier<List<String>> channels,
    PolicyInForce policy,
    Supplier<List<String>> people,
    Future<?> ended)
    implements Health {

  @Override
  public boolean isLive() {
    return !ended.isDone() && watchdog.pulse() != Watchdog.Pulse.DEAD;
  }

  @Override
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>(unguarded);
    Map<String, Long> found =
        findings.get().stream()
            .filter(finding -> !isSilence(finding))
            .collect(
                Collectors.groupingBy(
                    finding -> finding.what().word(), TreeMap::new, Collectors.counting()));
    troubles.addAll(ofChannels(channels.get()));
    found.forEach((what, times) -> troubles.add("the audit found " + what + ", times: " + times));
    troubles.addAll(people.get());
    if (space.get() == Space.RESERVE) {
      troubles.add("the disk is full: readings wait, alarms use the reserve");
    }
    if (!policy.refused().isEmpty()) {
      troubles.add(
          "rules.yaml or ladders.yaml is refused and those before stay in force; mistakes: "
              + policy.refused().size()
              + "; run check-config");
    }
    for (CustomRule rule : policy.policy().custom()) {
      if (rule.failures() > 0) {
        troubles.add(
            "custom rule "
                + rule.spec().name()
                + " could not be decided, times: "
                + rule.failures()
                + "; the log says why");
      }
    }
    return troubles;
  }

  /** By the provider's name alone: what it said may hold more than everybody may read. */
  static List<String> ofChannels(List<String> troubles) {
    return troubles.stream()
        .map(trouble -> trouble.split(":", 2)[0])
        .distinct()
        .sorted()
        .map(name -> "provider " + name + " refuses our settings; the log says why")
        .toList();
  }

  @Override
  public List<String> reasonsNotReady() {
    List<String> reasons = new ArrayList<>();
    if (ended.isDone()) {
      reasons.add("the journal failed; nothing is taken in");
    }
    if (watchdog.pulse() != Watchdog.Pulse.TURNING) {
      reasons.add("the engine doesn't turn");
    }
    if (space.get() == Space.EXHAUSTED) {
      reasons.add("the disk is full and the reserve for alarms used up");
    }
    long silent = findings.get().stream().filter(GatewayHealth::isSilence).count();
    if (silent > 0) {
      reasons.add("open alerts without anybody or a next ring: " + silent);
    }
    return reasons;
  }

  private static boolean isSilence(Finding finding) {
    return finding.what() == Finding.What.SILENT || finding.what() == Finding.What.LOST;
  }
}
