package io.shouwang.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something an operator said about a home or one of its devices that changes what its silence
 * means. It ends by itself.
 *
 * @param device the device it is about; null for the whole home
 * @param until when it ends, at the latest
 * @param by who said so
 * @param endedAt when it ended; null while it has not. Away and hospital are remembered for a
 *     while, since nobody had to be visited then
 */
public record Mode(
    Kind kind,
    @Nullable DeviceId device,
    Instant since,
    Instant until,
    ResponderId by,
    @Nullable Instant endedAt) {

  /** So long an absence is remembered: two months and some days. */
  public static final Duration REMEMBERED = Duration.ofDays(70);

  /** One that has not ended. */
  public Mode(Kind kind, @Nullable DeviceId device, Instant since, Instant until, ResponderId by) {
    this(kind, device, since, until, by, null);
  }

  /** Whether it holds at a moment. */
  public boolean holdsAt(Instant now) {
    return endedAt == null && !now.isBefore(since) && now.isBefore(until);
  }

  /** Whether it is of this kind and about this device, or about the home. */
  public boolean is(Kind other, @Nullable DeviceId about) {
    return kind == other && Objects.equals(device, about);
  }

  /** Over from here. */
  public Mode ended(Instant at) {
    return new Mode(kind, device, since, until, by, at.isBefore(until) ? at : until);
  }

  /** The same with another end. */
  public Mode until(Instant other) {
    return new Mode(kind, device, since, other, by, endedAt);
  }

  /** Whether one of these holds. */
  public static boolean holds(List<Mode> modes, Kind kind, @Nullable DeviceId about, Instant now) {
    for (Mode mode : modes) {
      if (mode.is(kind, about) && mode.holdsAt(now)) {
        return true;
      }
    }
    return false;
  }

  /** What it is. */
  public enum Kind {
    /** Nobody is at home. */
    AWAY(Duration.ofDays(92)),
    /** Who lives there is in hospital. */
    HOSPITAL(Duration.ofDays(92)),
    /** Somebody else is there: motion says nothing about the elder. */
    VISITOR(Duration.ofDays(31)),
    /** The home is being worked on. */
    MAINTENANCE(Duration.ofDays(7)),
    /** A device is being tried out. */
    TEST(Duration.ofHours(4)),
    /** An exercise. */
    DRILL(Duration.ofHours(4));

    private final Duration longest;

    Kind(Duration longest) {
      this.longest = longest;
    }

    /** It ends by itself after this, whatever was said. */
    public Duration longest() {
      return longest;
    }

    /** Whether the home is empty, so that nobody there can be visited. */
    public boolean isAbsence() {
      return this == AWAY || this == HOSPITAL;
    }

    /** As files and messages write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
