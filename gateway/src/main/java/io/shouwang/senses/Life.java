package io.shouwang.senses;

import io.shouwang.model.DeviceId;
import io.shouwang.model.Signal;
import java.nio.ByteBuffer;

/**
 * The latest signs that somebody lives in a home. Times are milliseconds of the epoch in engine
 * time; 0 is never. Immutable.
 *
 * @param insideAt somebody moved, used water, got up, walked, pressed: inside the home or on the
 *     wearer
 * @param handAt the same, without what a pet can do to an infrared sensor
 * @param doorAt the door of the home was opened or closed
 * @param lastBy the device that gave the last of these signs, as {@link #placeOf} has it; 0 if none
 * @param places what the silences after each device are like
 * @param rhythm what the silences of this home are like, by time of day
 * @param handRhythm the same without infrared
 */
public record Life(
    long insideAt,
    long handAt,
    long doorAt,
    int lastBy,
    Places places,
    Rhythm rhythm,
    Rhythm handRhythm) {
  public static final Life NONE = new Life(0, 0, 0, 0, Places.NEW, Rhythm.NEW, Rhythm.NEW);

  /** A door is followed by a glimpse of whoever went out, and by nothing more. */
  static final long GOING_OUT_MILLIS = 30_000;

  /** Who leaves was heard so shortly before the door. */
  private static final long TO_THE_DOOR_MILLIS = 60_000;

  /** Since when nothing was heard; 0 if nothing ever was. */
  public long silentSince() {
    return Math.max(insideAt, doorAt);
  }

  /** Since when nothing was heard that a pet can't do; 0 if nothing ever was. */
  public long handSilentSince() {
    return Math.max(handAt, doorAt);
  }

  /** Whether the last sign was the door: whoever lives there may be out. */
  public boolean isAfterDoor() {
    return doorAt > 0 && insideAt <= doorAt + GOING_OUT_MILLIS;
  }

  /** The same, as far as a pet can't tell. */
  public boolean isAfterDoorByHand() {
    return doorAt > 0 && handAt <= doorAt + GOING_OUT_MILLIS;
  }

  /** What a device is known as among {@link #places()}. */
  static int placeOf(DeviceId device) {
    int hash = device.value().hashCode();
    return hash == 0 ? 1 : hash;
  }

  /** A sign of life that happened then; one that comes late moves nothing back. */
  Life sign(Sign sign, int place, long atMillis, int offsetSeconds) {
    long since = silentSince();
    boolean isLatest = atMillis > since;
    Rhythm all = rhythm;
    Places known = places;
    if (since > 0 && isLatest) {
      boolean mayBeOut = isAfterDoor();
      all = rhythm.ended(since, atMillis, mayBeOut || known.isPassage(lastBy), offsetSeconds);
      known = mayBeOut ? known : known.ended(lastBy, since, atMillis, offsetSeconds);
      if (sign == Sign.DOOR && insideAt == since && atMillis - since <= TO_THE_DOOR_MILLIS) {
        known = known.beforeDoor(lastBy);
      }
    }
    int by = isLatest ? place : lastBy;
    if (sign == Sign.MOTION) {
      return atMillis <= insideAt
          ? this
          : new Life(atMillis, handAt, doorAt, by, known, all, handRhythm);
    }
    long handSince = handSilentSince();
    Rhythm hand = handRhythm;
    if (handSince > 0 && atMillis > handSince) {
      hand = handRhythm.ended(handSince, atMillis, isAfterDoorByHand(), offsetSeconds);
    }
    if (sign == Sign.DOOR) {
      return atMillis <= doorAt ? this : new Life(insideAt, handAt, atMillis, by, known, all, hand);
    }
    return new Life(
        Math.max(insideAt, atMillis), Math.max(handAt, atMillis), doorAt, by, known, all, hand);
  }

  /** What kind of sign it is. */
  enum Sign {
    MOTION,
    DOOR,
    HAND
  }

  /** What an event is a sign of; null if of nothing. */
  static @org.jspecify.annotations.Nullable Sign signOf(Signal signal, int stepsBefore) {
    return switch (signal) {
      case Signal.Motion motion -> motion.active() ? Sign.MOTION : null;
      case Signal.Door door -> door.room() == null ? Sign.DOOR : Sign.HAND;
      case Signal.Bed _, Signal.Water _, Signal.Checkin _, Signal.Sos _ -> Sign.HAND;
      case Signal.Vitals vitals ->
          vitals.steps() != null && stepsBefore >= 0 && vitals.steps() > stepsBefore
              ? Sign.HAND
              : null;
      case Signal.Fall _,
          Signal.Hazard _,
          Signal.Position _,
          Signal.Reading _,
          Signal.Unreadable _ ->
          null;
    };
  }

  int bytes() {
    return 28 + places.bytes() + rhythm.bytes() + handRhythm.bytes();
  }

  void write(ByteBuffer out) {
    out.putLong(insideAt).putLong(handAt).putLong(doorAt).putInt(lastBy);
    places.write(out);
    rhythm.write(out);
    handRhythm.write(out);
  }

  static Life read(ByteBuffer in) {
    return new Life(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getInt(),
        Places.read(in),
        Rhythm.read(in),
        Rhythm.read(in));
  }
}
