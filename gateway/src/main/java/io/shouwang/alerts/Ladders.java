package io.shouwang.alerts;

import io.shouwang.model.Kind;
import java.util.Map;

/**
 * The ladder of each kind of alert.
 *
 * @param other for every kind that has none of its own
 */
public record Ladders(Map<Kind, Ladder> byKind, Ladder other, DutyDesk desk) {
  public Ladders {
    byKind = Map.copyOf(byKind);
  }

  public Ladder forKind(Kind kind) {
    return byKind.getOrDefault(kind, other);
  }
}
