package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an alert ended.
 *
 * @param into the alert it goes on in; null if it is over
 */
public record Closing(ResponderId by, String disposition, Instant at, @Nullable AlertId into) {
  /** Over, and in no other alert. */
  public Closing(ResponderId by, String disposition, Instant at) {
    this(by, disposition, at, null);
  }

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
