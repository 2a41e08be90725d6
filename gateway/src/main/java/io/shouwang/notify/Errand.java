package io.shouwang.notify;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.model.ResponderId;

/** A message to a person, and the alert it is about as that stands now. */
record Errand(Alert alert, Delivery delivery) {

  boolean isUnderWay() {
    return alert.delivery(delivery.key().number()).map(Delivery::isUnderWay).orElse(false);
  }

  /** Nothing of this alert rang there before. */
  boolean isFirst() {
    return delivery.cause().isRing()
        && alert.deliveries().stream()
            .filter(other -> other.key().number() < delivery.key().number())
            .noneMatch(other ->
                other.cause().isRing()
                    && other.channel().equals(delivery.channel())
                    && other.to().equals(delivery.to()));
  }

  /** A first ring of what is real: if a quota says no, the provider is asked all the same. */
  boolean mustGo() {
    return !alert.marks().exercise() && isFirst();
  }

  /** It asks for an answer that has come since by another way. */
  boolean isAnswered() {
    if (!delivery.cause().isRing()
        || !(delivery.to() instanceof Delivery.ToResponder(ResponderId who, var _, var _))) {
      return false;
    }
    for (Entry entry : alert.timeline().reversed()) {
      if (entry.stamp().now().isBefore(delivery.startedAt())) {
        return false;
      }
      if (entry.fact() instanceof Fact.Replied replied && replied.by().equals(who)) {
        return true;
      }
      if (entry.fact() instanceof Fact.DeliveryStarted started
          && started.number() == delivery.key().number()) {
        return false;
      }
    }
    return false;
  }
}
