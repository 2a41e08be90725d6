package io.shouwang.rules;

import java.time.Duration;

/**
 * The numbers that rules and replies go by, from {@code rules.yaml}. They take part in decisions,
 * so the journal names their hash (P7).
 *
 * @param ringAgainAfter a second press rings the same responder again, at most this often
 * @param lateAfter an event that reached us later than this after it happened is labelled late
 * @param futureTolerance a device time further ahead than this is labelled a wrong clock
 * @param sameEventWindow how long an event is remembered to know a resend by (P4)
 * @param etaDefault the arrival time of an accept that names none
 * @param etaCap the longest arrival time an accept can claim
 * @param arrivalGrace how long past the promised arrival before the ladder goes on
 * @param arrivedLimit how long "arrived" holds before the ladder goes on
 * @param deskHold how long an accept by the duty desk holds
 * @param downExpiry how long a message waits for a device that is away
 * @param ringExpiry how long a ring waits for a responder who is away
 */
public record RuleSettings(
    Duration ringAgainAfter,
    Duration lateAfter,
    Duration futureTolerance,
    Duration sameEventWindow,
    Duration etaDefault,
    Duration etaCap,
    Duration arrivalGrace,
    Duration arrivedLimit,
    Duration deskHold,
    Duration downExpiry,
    Duration ringExpiry) {

  /** No promise is longer than this, whatever is configured. */
  public static final Duration ETA_CAP_MOST = Duration.ofMinutes(60);

  /** Nothing holds an alert, and nothing is kept from ringing, longer than this at once. */
  public static final Duration HOLD_MOST = Duration.ofHours(24);

  public RuleSettings {
    require("ringAgainAfter", ringAgainAfter, Duration.ofMillis(1), HOLD_MOST);
    require("etaDefault", etaDefault, Duration.ofMillis(1), ETA_CAP_MOST);
    require("etaCap", etaCap, Duration.ofMinutes(1), ETA_CAP_MOST);
    require("arrivalGrace", arrivalGrace, Duration.ZERO, HOLD_MOST);
    require("arrivedLimit", arrivedLimit, Duration.ofMillis(1), HOLD_MOST);
    require("deskHold", deskHold, Duration.ofMillis(1), HOLD_MOST);
  }

  private static void require(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(what + " must be from " + least + " to " + most);
    }
  }

  /** What an empty {@code rules.yaml} means. */
  public static final RuleSettings STANDARD =
      new RuleSettings(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofDays(7),
          Duration.ofMinutes(15),
          Duration.ofMinutes(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(60),
          Duration.ofMinutes(15),
          Duration.ofHours(24),
          Duration.ofHours(24));
}
