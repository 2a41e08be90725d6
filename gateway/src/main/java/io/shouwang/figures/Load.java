package io.shouwang.figures;

import io.shouwang.model.AreaId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much the room has to answer, counted from what is on disk. Any thread. */
@FunctionalInterface
public interface Load {
  /**
   * What was counted.
   *
   * @param countedFrom alerts from before this are missing; null while nothing was counted
   * @param shown the oldest first
   */
  record Counted(@Nullable Instant countedFrom, List<Shown> shown) {
    public Counted {
      shown = List.copyOf(shown);
    }
  }

  /**
   * What was shown to a seat.
   *
   * @param area the seat's: all in and below it
   * @param since nothing that was raised before
   * @param topmost whether what lies in no area is the seat's, too
   */
  Counted of(AreaId area, Instant since, boolean topmost);
}
