package io.shouwang.notify;

import io.shouwang.host.Clock;
import io.shouwang.model.Directory.Way;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which providers are better asked last for a while: those that failed several times running, or
 * asked to be left in peace. Nobody is left out for it: where all rest, all are asked once. Any
 * thread. Bounded: the one longest quiet gives way.
 */
final class Rests {
  static final int FAILURES = 3;
  static final Duration LASTS = Duration.ofSeconds(30);
  private static final Duration ASKED_MAX = Duration.ofMinutes(10);
  private static final int PLACES_MAX = 10_000;

  private final Clock clock;
  private final LinkedHashMap<String, Rest> rests =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rest> eldest) {
          return size() > PLACES_MAX;
        }
      };

  /** Failures running, and until when it rests; 0 failures after it asked for time itself. */
  private record Rest(int failures, long untilNanos) {}

  Rests(Clock clock) {
    this.clock = clock;
  }

  /** What fails or works as one: a service, or one of the many systems that a webhook speaks to. */
  static String place(Provider provider, Way way) {
    return provider.audience() == Audience.SYSTEM
        ? provider.name() + ' ' + way.address()
        : provider.name();
  }

  /** It took a message, or refused it for a reason of the message's own. */
  synchronized void worked(String place) {
    rests.remove(place);
  }

  /** It failed in a way that may pass. */
  synchronized void failed(String place, Verdict.Refused refused) {
    Rest before = rests.get(place);
    int failures = Math.min(FAILURES, before == null ? 1 : before.failures() + 1);
    Duration lasts = failures < FAILURES ? Duration.ZERO : LASTS;
    Duration asked = asked(refused);
    if (asked != null && asked.compareTo(lasts) > 0) {
      lasts = asked;
    }
    rests.put(place, new Rest(failures, clock.nanos() + lasts.toNanos()));
  }

  private static @Nullable Duration asked(Verdict.Refused refused) {
    Duration asked = refused.retryAfter();
    return asked != null && asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked;
  }

  synchronized boolean isResting(String place) {
    Rest rest = rests.get(place);
    return rest != null && rest.untilNanos() - clock.nanos() > 0;
  }
}
