package io.shouwang.notify.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider made of one attempt. */
public sealed interface Verdict {

  /**
   * Taken on; whether it arrives, a report says later, or nobody ever.
   *
   * @param providerId the provider's name for it; empty if it gave none
   */
  record Accepted(String providerId) implements Verdict {}

  /** The recipient's own system confirmed it. */
  record Delivered(String providerId) implements Verdict {}

  /**
   * Not taken.
   *
   * @param detail for a person: status, error code and the provider's words, cleaned and bounded;
   *     no secret, no personal data
   * @param retryAfter how long the provider asks to wait; null if it doesn't say
   */
  record Refused(Failure failure, String detail, @Nullable Duration retryAfter) implements Verdict {
    public Refused(Failure failure, String detail) {
      this(failure, detail, null);
    }
  }
}
