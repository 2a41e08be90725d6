package io.shouwang.notify;

import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.host.Clock;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a provider took on and nobody reported on yet: accepted and dropped is an outcome, too. Each
 * is forgotten after its time. Any thread.
 */
final class Unreported {
  private final AlertBook alerts;
  private final Clock clock;
  private final @Nullable Duration within;
  private final Map<DeliveryKey, Instant> until = new ConcurrentHashMap<>();

  /**
   * @param within a report must come; null if none is expected
   */
  Unreported(AlertBook alerts, Clock clock, @Nullable Duration within) {
    this.alerts = alerts;
    this.clock = clock;
    this.within = within;
  }

  void taken(DeliveryKey key) {
    if (within != null) {
      until.put(key, clock.wall().plus(within));
    }
  }

  void reported(DeliveryKey key) {
    until.remove(key);
  }

  /** Those whose time is over, once each. */
  List<DeliveryKey> lost() {
    Instant now = clock.wall();
    List<DeliveryKey> lost = new ArrayList<>();
    until.forEach((key, end) -> {
      if (!end.isAfter(now) && until.remove(key, end) && isUnknown(key)) {
        lost.add(key);
      }
    });
    return lost;
  }

  /** A report may have overtaken the provider's own answer: then all is known. */
  private boolean isUnknown(DeliveryKey key) {
    return alerts
        .find(key.alert())
        .flatMap(seen -> seen.alert().delivery(key.number()))
        .map(Unreported::isUnknown)
        .orElse(false);
  }

  private static boolean isUnknown(Delivery delivery) {
    return delivery.isUnderWay() || delivery.outcome() instanceof Outcome.Sent;
  }
}
