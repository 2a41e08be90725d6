package io.shouwang.registry;

import io.shouwang.model.ResponderId;
import java.time.Instant;
import java.util.List;

/**
 * A time in which the same people of a schedule are on call.
 *
 * @param people nobody in a gap
 * @param isSwapped somebody stands in
 */
public record Shift(Instant from, Instant to, List<ResponderId> people, boolean isSwapped) {
  public Shift {
    people = List.copyOf(people);
  }
}
