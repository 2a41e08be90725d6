package io.shouwang.notify;

import io.shouwang.host.Clock;
import io.shouwang.model.DeliveryKey;
import io.shouwang.notify.provider.Reception.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which of our messages is meant by a provider's own id for it, while the outcome may have moved on
 * from "sent" long ago; and reports that came before the provider's answer did. Any thread.
 * Bounded: the oldest is forgotten.
 */
final class SentMessages {
  private static final int MOST = 200_000;
  private static final int EARLY_MOST = 10_000;
  private static final Duration EARLY = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, DeliveryKey> keys = bounded(MOST);
  private final Map<String, Waiting> early = bounded(EARLY_MOST);

  private record Waiting(Report report, long sinceNanos) {}

  SentMessages(Clock clock) {
    this.clock = clock;
  }

  private static <T> Map<String, T> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * A message has a name now.
   *
   * @param whose the provider, or the channel where the provider is no longer known
   * @return the report that came before its name did
   */
  synchronized Optional<Report> sent(String whose, String id, DeliveryKey key) {
    String name = whose + ' ' + id;
    keys.put(name, key);
    Waiting waiting = early.remove(name);
    return waiting == null || clock.nanos() - waiting.sinceNanos() > EARLY.toNanos()
        ? Optional.empty()
        : Optional.of(waiting.report());
  }

  synchronized Optional<DeliveryKey> find(String whose, String id) {
    return Optional.ofNullable(keys.get(whose + ' ' + id));
  }

  /** A report on a message whose name is not known, or not yet. */
  synchronized void keep(Report report) {
    early.put(report.provider() + ' ' + report.providerId(), new Waiting(report, clock.nanos()));
  }
}
