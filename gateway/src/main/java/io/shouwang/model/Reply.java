package io.shouwang.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A responder's answer to an alert.
 *
 * @param id the sender's own name for it: the same one twice is one reply; null when not said
 * @param etaMin minutes until there, as said, neither capped nor checked; null when not said
 * @param note free text; personal, so it is kept apart from the facts
 * @param passedAt when, as they say, it was passed on to 120, 119 or 110; null when not said
 */
public record Reply(
    @Nullable String id,
    AlertId alert,
    Answer answer,
    @Nullable Integer etaMin,
    @Nullable String disposition,
    @Nullable String note,
    @Nullable Instant passedAt) {

  /** One that says no time at which it was passed on. */
  public Reply(
      @Nullable String id,
      AlertId alert,
      Answer answer,
      @Nullable Integer etaMin,
      @Nullable String disposition,
      @Nullable String note) {
    this(id, alert, answer, etaMin, disposition, note, null);
  }

  public static final int ID_LENGTH_MAX = 64;
  public static final int NOTE_LENGTH_MAX = 2_000;

  public enum Answer {
    ACCEPT,
    DECLINE,
    /** They reached the elder by phone, who is well: a claim for whoever closes. */
    SPOKE,
    /** They have set out. */
    ON_THE_WAY,
    ARRIVED,
    DONE,
    /** The elder's own word: "I am well". */
    WELL
  }
}
