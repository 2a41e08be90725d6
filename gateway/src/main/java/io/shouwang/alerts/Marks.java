package io.shouwang.alerts;

import io.shouwang.model.Mode;
import java.util.List;
import java.util.Objects;

/**
 * Under which circumstances an alert was raised. It stays marked with them; what happens under
 * others never joins an exercise.
 *
 * @param modes those that held, of the home and of the device that raised it, in the enum's order
 * @param exercise raised by an event of a device in test mode or of a home in a drill, or by the
 *     gateway's own synthetic press
 * @param synthetic raised by the gateway itself to show that the way works; nobody is rung
 */
public record Marks(List<Mode.Kind> modes, boolean exercise, boolean synthetic) {
  public static final Marks NONE = new Marks(List.of(), false, false);

  /** What an earlier version wrote has none, and nothing in it is synthetic. */
  public Marks {
    modes = List.copyOf(Objects.requireNonNullElse(modes, List.of()));
  }

  /** The duty desk alone is rung. */
  boolean isTest() {
    return synthetic || (exercise && modes.contains(Mode.Kind.TEST));
  }
}
