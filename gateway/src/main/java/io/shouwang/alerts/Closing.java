package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an alert ended.
 *
 * @param into the alert it goes on in; null if it is over
 * @param passedAt when, as they say, it was passed on to 120, 119 or 110; null when not said
 */
public record Closing(
    ResponderId by,
    String disposition,
    Instant at,
    @Nullable AlertId into,
    @Nullable Instant passedAt) {
  /** Over, and in no other alert. */
  public Closing(ResponderId by, String disposition, Instant at) {
    this(by, disposition, at, null, null);
  }

  /** What passing it on to 120, 119 or 110 begins with; its time may be said beside it. */
  public static final String PASSED = "passed_";

  /**
   * Stands for the rule that raised an alert about a device and saw its cause go. Rules close
   * nothing that is about a person.
   */
  public static final ResponderId RULE = new ResponderId("rule");

  /** The disposition of what a rule closed. */
  public static final String CLEARED = "cleared";

  /** The disposition of what the elder's own word ended. */
  public static final String WELL = "elder_well";

  /** The disposition of a call to the hotline that somebody took. */
  public static final String CALL_TAKEN = "call_taken";

  /** The disposition of what goes on in another alert. */
  public static final String MERGED = "merged";
}
