package io.shouwang.alerts;

import io.shouwang.model.HomeId;
import io.shouwang.model.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the homes of an incident stand: who is safe, where somebody is, who was not reached.
 *
 * @param standings of each home that has an alert of the incident, those that need somebody first
 */
public record HeadCount(Map<HomeId, Standing> standings) {

  public HeadCount {
    standings = Collections.unmodifiableMap(new LinkedHashMap<>(standings));
  }

  /** How one home stands; the first is the one that needs somebody most. */
  public enum Standing {
    /** Nobody was reached yet, or nobody said anything of use. */
    NOT_REACHED,
    /** Somebody promised to come. */
    COMING,
    /** Somebody is there. */
    SOMEBODY_THERE,
    /** The elder, or who spoke to the elder, says that all is well. */
    SAFE,
    /** A person closed all its alerts. */
    CLOSED
  }

  /** Counts the homes of these alerts, each once. */
  public static HeadCount of(List<Alert> alerts) {
    Map<HomeId, List<Alert>> byHome = new LinkedHashMap<>();
    for (Alert alert : alerts) {
      byHome.computeIfAbsent(alert.home(), _ -> new ArrayList<>()).add(alert);
    }
    Map<Standing, List<HomeId>> homes = new EnumMap<>(Standing.class);
    byHome.forEach(
        (home, its) -> homes.computeIfAbsent(standing(its), _ -> new ArrayList<>()).add(home));
    Map<HomeId, Standing> sorted = new LinkedHashMap<>();
    homes.forEach((standing, its) -> its.stream().sorted().forEach(h -> sorted.put(h, standing)));
    return new HeadCount(sorted);
  }

  public int homes() {
    return standings.size();
  }

  public int count(Standing standing) {
    return (int) standings.values().stream().filter(s -> s == standing).count();
  }

  /** The best that is known of any of a home's alerts: who is there sees to all of them. */
  private static Standing standing(List<Alert> alerts) {
    Standing best = null;
    for (Alert alert : alerts) {
      Standing of = standing(alert);
      boolean isOpen = of != Standing.CLOSED;
      if (isOpen && (best == null || of.compareTo(best) > 0)) {
        best = of;
      }
    }
    return best == null ? Standing.CLOSED : best;
  }

  private static Standing standing(Alert alert) {
    if (!alert.isOpen()) {
      return Standing.CLOSED;
    }
    if (alert.holds().stream().anyMatch(hold -> hold.phase() == Hold.Phase.PRESENT)) {
      return Standing.SOMEBODY_THERE;
    }
    boolean isWell =
        alert.asked().stream()
            .map(Asked::answer)
            .anyMatch(said -> said == Reply.Answer.SPOKE || said == Reply.Answer.WELL);
    if (isWell) {
      return Standing.SAFE;
    }
    return alert.isHeld() ? Standing.COMING : Standing.NOT_REACHED;
  }
}
