package io.shouwang.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something an operator said about a home or one of its devices that changes what its silence
 * means. It ends by itself.
 *
 * @param device the device it is about; null for the whole home
 * @param until when it ends, at the latest
 * @param by who said so
 */
public record Mode(
    Kind kind, @Nullable DeviceId device, Instant since, Instant until, ResponderId by) {

  /** Whether it holds at a moment. */
  public boolean holdsAt(Instant now) {
    return !now.isBefore(since) && now.isBefore(until);
  }

  /** What it is. */
  public enum Kind {
    /** Nobody is at home. */
    AWAY,
    /** Who lives there is in hospital. */
    HOSPITAL,
    /** Somebody else is there: motion says nothing about the elder. */
    VISITOR,
    /** The home is being worked on. */
    MAINTENANCE,
    /** A device is being tried out. */
    TEST,
    /** An exercise. */
    DRILL
  }
}
