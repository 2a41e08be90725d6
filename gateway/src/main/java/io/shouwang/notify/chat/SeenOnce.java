package io.shouwang.notify.chat;

import io.shouwang.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps callbacks to their time: one whose stamp is too far from now is not taken, and one that was
 * dealt with is known again. Bounded: when full, the oldest is forgotten, and the answer's own name
 * still keeps it from counting twice. Any thread.
 */
public final class SeenOnce {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Map<String, Boolean> done =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST;
        }
      };

  public SeenOnce(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether a stamp is near enough to now.
   *
   * @param seconds since 1970, as sent
   */
  public boolean isTimely(String seconds) {
    if (!seconds.matches("[0-9]{1,11}")) {
      return false;
    }
    long off =
        Math.abs(
            ChronoUnit.SECONDS.between(
                Instant.ofEpochSecond(Long.parseLong(seconds)), clock.wall()));
    return off <= WINDOW.toSeconds();
  }

  public synchronized boolean isDone(String call) {
    return done.containsKey(call);
  }

  /** To be called once it is dealt with for good: until then the platform may send it again. */
  public synchronized void done(String call) {
    done.put(call, true);
  }
}
