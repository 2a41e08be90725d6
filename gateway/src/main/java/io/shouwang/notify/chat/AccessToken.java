package io.shouwang.notify.chat;

import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Http;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An access token that lives for a while. One thread fetches, others wait for what it brings. It is
 * renewed a little before its end, and when the service no longer takes it. Any thread.
 */
public final class AccessToken {
  private static final Duration EARLY = Duration.ofMinutes(5);

  private final Clock clock;
  private final Fetch fetch;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Held held;

  private record Held(String token, long untilNanos) {}

  /** What the service gave. */
  public record Fetched(String token, Duration lifetime) {}

  /** Asks the service for a token. */
  @FunctionalInterface
  public interface Fetch {
    Fetched fetch() throws Http.NoAnswer, ChatAnswer.Unusable;
  }

  public AccessToken(Clock clock, Fetch fetch) {
    this.clock = clock;
    this.fetch = fetch;
  }

  /** The token in force. */
  public String get() throws Http.NoAnswer, ChatAnswer.Unusable {
    return after(null);
  }

  /**
   * A token other than one the service refused.
   *
   * @param refused null if none was
   */
  public String after(@Nullable String refused) throws Http.NoAnswer, ChatAnswer.Unusable {
    String usable = usable(refused);
    if (usable != null) {
      return usable;
    }
    lock.lock();
    try {
      usable = usable(refused);
      if (usable != null) {
        return usable;
      }
      Fetched fetched = fetch.fetch();
      Duration kept = fetched.lifetime().minus(EARLY);
      if (kept.isNegative()) {
        kept = fetched.lifetime().dividedBy(2);
      }
      held = new Held(fetched.token(), clock.nanos() + kept.toNanos());
      return fetched.token();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String usable(@Nullable String refused) {
    Held now = held;
    return now != null && now.untilNanos() - clock.nanos() > 0 && !now.token().equals(refused)
        ? now.token()
        : null;
  }

  @Override
  public String toString() {
    return "AccessToken";
  }
}
