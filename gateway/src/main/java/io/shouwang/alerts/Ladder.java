package io.shouwang.alerts;

import io.shouwang.model.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is reached, rung after rung, until somebody comes.
 *
 * @param name what an operator calls it
 * @param rungs in rising order of time; empty where the duty desk alone is rung
 * @param stoppedBy whose accept stops it for all; anybody else's quiets only their own role. Null:
 *     anybody's. The duty desk's always does
 * @param desk how the duty desk is rung here; null as everywhere
 */
public record Ladder(
    String name, List<Rung> rungs, @Nullable List<Role> stoppedBy, @Nullable DutyDesk desk) {

  /** One that anybody's accept stops, with the city's duty desk. */
  public Ladder(String name, List<Rung> rungs) {
    this(name, rungs, null, null);
  }

  public Ladder {
    rungs = List.copyOf(rungs);
    stoppedBy = stoppedBy == null ? null : List.copyOf(stoppedBy);
    for (int i = 1; i < rungs.size(); i++) {
      if (rungs.get(i).after().compareTo(rungs.get(i - 1).after()) <= 0) {
        throw new IllegalArgumentException("ladder " + name + ": rung times must rise");
      }
    }
  }

  /** Whether an accept in this role stops the ladder for all. */
  public boolean isStoppedBy(Role role) {
    return stoppedBy == null || role.equals(Role.DUTY_DESK) || stoppedBy.contains(role);
  }
}
