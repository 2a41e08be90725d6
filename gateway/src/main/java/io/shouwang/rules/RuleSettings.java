package io.shouwang.rules;

import java.time.Duration;

/**
 * What an operator may tune, from {@code rules.yaml}.
 *
 * @param ringAgainAfter the least time between two rings of one responder for repeated presses
 * @param lateAfter an event older than this when received is labelled late
 * @param futureTolerance a device time further ahead than this is labelled wrong
 * @param sameEventWindow how long a resend of an alarm is recognized
 * @param etaDefault the ETA of an accept that names none
 * @param etaCap the longest ETA taken; at most 60 minutes
 * @param arrivalGrace how long after the ETA "arrived" is waited for
 * @param arrivedLimit how long an arrival holds an alert before it rings on
 * @param deskHold how long an accept of the duty desk holds an alert
 * @param ringExpiry how long a ring waits for a responder who is away
 * @param downExpiry how long a message waits for a device that is away
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
    Duration ringExpiry,
    Duration downExpiry) {

  public static final RuleSettings DEFAULTS =
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
