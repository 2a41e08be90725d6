package io.shouwang.notify.mqtt;

import io.shouwang.alerts.Delivery;
import io.shouwang.model.DeliveryKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

/** What one recipient has not confirmed, oldest first; bounded. Any thread. */
final class Mailbox {
  static final int DELIVERIES_MAX = 5_000;

  private final LinkedHashMap<DeliveryKey, Delivery> deliveries = new LinkedHashMap<>();

  /** Puts a delivery in; returns the oldest if it had to go. */
  synchronized Optional<Delivery> put(Delivery delivery) {
    deliveries.put(delivery.key(), delivery);
    if (deliveries.size() <= DELIVERIES_MAX) {
      return Optional.empty();
    }
    return Optional.ofNullable(deliveries.pollFirstEntry()).map(Entry::getValue);
  }

  synchronized void remove(DeliveryKey key) {
    deliveries.remove(key);
  }

  synchronized boolean holds(DeliveryKey key) {
    return deliveries.containsKey(key);
  }

  synchronized List<Delivery> waiting() {
    return List.copyOf(deliveries.values());
  }
}
