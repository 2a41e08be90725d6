package io.shouwang.alerts;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ResponderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is said to whom: rings, and news for those who need not act. */
final class Messages {
  private Messages() {}

  /** Rings one responder now. */
  static void ring(Draft draft, AlertId id, Contact contact, Cause cause) {
    send(draft, id, recipient(contact), cause);
  }

  /**
   * Rings the desks reached so far, however lately, since there is something new to know. An alert
   * outside the alarm class is theirs only once their turn has come.
   */
  static void ringDesk(Draft draft, AlertId id, Cause cause, @Nullable ResponderId but) {
    Alert alert = draft.alert(id);
    if (!alert.isAlarmClass() && alert.asked().stream().noneMatch(Asked::isDesk)) {
      return;
    }
    for (Contact desk : Desks.upTo(draft, alert, alert.deskLevel())) {
      if (!desk.responder().equals(but)) {
        ring(draft, id, desk, cause);
      }
    }
  }

  /**
   * Tells all who were rung, but the one it comes from. Who declined hears only the end: even they
   * may have been told something that turned out otherwise.
   */
  static void tellOthers(Draft draft, AlertId id, Cause cause, ResponderId from) {
    for (Asked asked : draft.alert(id).asked()) {
      boolean concerned = !asked.declined() || cause == Cause.ENDED;
      if (concerned && !asked.responder().equals(from)) {
        send(draft, id, recipient(asked), cause);
      }
    }
  }

  /** Tells the devices that spoke. */
  static void tellDevices(Draft draft, AlertId id, Cause cause) {
    for (Delivery.ToDevice device : draft.alert(id).devices()) {
      send(draft, id, device, cause);
    }
  }

  /** Tells the device that spoke last, unless the very same message still waits for it. */
  static void tellReceived(Draft draft, AlertId id, Delivery.ToDevice device) {
    boolean waiting =
        draft.alert(id).deliveries().stream()
            .anyMatch(d ->
                d.cause() == Cause.TELL_RECEIVED
                    && d.isUnderWay()
                    && d.to().equals(device)
                    && d.expiresAt().isAfter(draft.now()));
    if (!waiting) {
      send(draft, id, device, Cause.TELL_RECEIVED);
    }
  }

  static void send(Draft draft, AlertId id, Delivery.Recipient to, Cause cause) {
    switch (to) {
      case Delivery.ToResponder responder -> Ways.send(draft, id, responder, cause);
      case Delivery.ToDevice device -> {
        int number = draft.alert(id).deliveryCount() + 1;
        Instant expiresAt = draft.now().plus(draft.settings().downExpiry());
        String mqtt = Directory.Way.MQTT.channel();
        draft.add(new Fact.DeliveryStarted(id, number, device, cause, expiresAt, mqtt, 0, null));
      }
    }
  }

  static Delivery.ToResponder recipient(Contact contact) {
    return new Delivery.ToResponder(contact.responder(), contact.role(), contact.relation());
  }

  static Delivery.ToResponder recipient(Asked asked) {
    return new Delivery.ToResponder(asked.responder(), asked.role(), asked.relation());
  }

  /** Who holds it as a dispatcher may be no desk of the registry: an operator. */
  static Delivery.ToResponder recipient(Hold hold) {
    return new Delivery.ToResponder(hold.responder(), hold.role(), hold.relation());
  }
}
