package io.shouwang.accounts;

import java.time.Duration;
import java.time.Instant;

/**
 * Somebody logged in at some browser.
 *
 * @param hash of the secret in their cookie; names the seat and opens nothing
 * @param made when they logged in
 * @param proved when they last entered their password; locked by hand, a shift before that
 * @param seen when they last did something by hand
 * @param address where they logged in from
 * @param signedOn a provider of single sign-on vouched for them; no password was entered
 */
public record Seat(
    String hash,
    Person person,
    Instant made,
    Instant proved,
    Instant seen,
    String address,
    boolean signedOn) {
  /** Without a hand on it for so long, a seat is locked. */
  public static final Duration IDLE_MAX = Duration.ofMinutes(30);

  /** After a shift the password is asked for again, whatever happens at the seat. */
  public static final Duration PROVED_MAX = Duration.ofHours(12);

  /** So long after it was locked, nobody comes back to it. */
  public static final Duration LOCKED_MAX = Duration.ofHours(12);

  private static final int NAME_LENGTH = 16;

  /** How it stands with a seat. */
  public enum Standing {
    LIVE,
    /** The password must be entered again; open alarms are heard meanwhile. */
    LOCKED,
    /** It ends, unless an alarm is open that it must go on hearing. */
    SPENT
  }

  /** Its name for people: too short to be guessed from, or for anything but to tell it by. */
  public String name() {
    return hash.substring(0, NAME_LENGTH);
  }

  public Standing standing(Instant now) {
    Instant idle = seen.plus(IDLE_MAX);
    Instant stale = proved.plus(PROVED_MAX);
    Instant locked = idle.isBefore(stale) ? idle : stale;
    if (now.isBefore(locked)) {
      return Standing.LIVE;
    }
    return now.isBefore(locked.plus(LOCKED_MAX)) ? Standing.LOCKED : Standing.SPENT;
  }

  Seat seen(Instant now) {
    return new Seat(hash, person, made, proved, now, address, signedOn);
  }

  Seat proved(Instant now) {
    return new Seat(hash, person, made, now, now, address, signedOn);
  }

  /** Locked by hand: as if the password had been entered a shift ago. */
  Seat locked(Instant provedAgo) {
    return new Seat(hash, person, made, provedAgo, seen, address, signedOn);
  }

  Seat of(Person changed) {
    return new Seat(hash, changed, made, proved, seen, address, signedOn);
  }
}
