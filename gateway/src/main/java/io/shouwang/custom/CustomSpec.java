package io.shouwang.custom;

import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An office's rule as it was written, each value in its range.
 *
 * @param name also the kind of its alerts, which a ladder may be for
 * @param when a CEL expression that is true or false
 * @param severity minor, closed by the rule itself when it no longer holds, or major
 * @param on the kinds of events it is asked at; empty if it looks now and then
 * @param every how often it looks; null if it is asked at events
 * @param dwell so long it must hold before it rings
 * @param hits so many of the last {@code of} events of a device must say so
 * @param of 1 to {@link #OF_MAX}
 * @param zh what it means, in Chinese
 * @param en in English
 */
public record CustomSpec(
    String name,
    String when,
    Severity severity,
    Set<Kind> on,
    @Nullable Duration every,
    Duration dwell,
    int hits,
    int of,
    String zh,
    String en) {
  public static final int OF_MAX = 20;
  public static final int MESSAGE_LENGTH_MAX = 200;

  public CustomSpec {
    on = Set.copyOf(on);
  }
}
