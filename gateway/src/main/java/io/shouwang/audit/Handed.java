package io.shouwang.audit;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.model.DeliveryKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The rings that were given to the notifier, noted at its door: what the journal says was decided
 * and is not here was dropped on the way. Holds what is under way and what is too new to tell. Any
 * thread.
 */
public final class Handed {
  private final Map<DeliveryKey, Boolean> keys = new ConcurrentHashMap<>();

  /** These have been given away. */
  public void note(List<Effect> effects) {
    for (Effect effect : effects) {
      Delivery delivery = effect.delivery();
      if (delivery.cause().isRing() && delivery.to() instanceof Delivery.ToResponder) {
        keys.put(delivery.key(), true);
      }
    }
  }

  boolean holds(DeliveryKey key) {
    return keys.containsKey(key);
  }

  /** Lets go what is over; what is new may not be in the auditor's books yet. */
  void keep(Predicate<DeliveryKey> underWay) {
    keys.forEach((key, isNew) -> {
      if (underWay.test(key)) {
        keys.replace(key, true, false);
      } else if (isNew) {
        keys.replace(key, true, false); // one more look
      } else {
        keys.remove(key, false);
      }
    });
  }
}
