package io.shouwang.notify.mqtt;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.host.Clock;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Outcome;
import io.shouwang.model.Payload;
import io.shouwang.notify.Channel;
import io.shouwang.notify.Outcomes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Messages to clients that connect to us. What a recipient has not confirmed stays in its mailbox
 * and is sent again whenever one of its clients subscribes; the state knows it too, so a mailbox is
 * filled again after a restart. A message is put together when it is sent, so that somebody who was
 * away learns how things stand now.
 */
public final class MqttChannel implements Channel {
  /** Puts a message together; empty when there is nothing left to say. */
  @FunctionalInterface
  public interface Composer {
    Optional<Payload> compose(AlertBook.Seen alert, Delivery delivery);
  }

  private final String name;
  private final AlertBook alerts;
  private final Composer composer;
  private final Link link;
  private final Outcomes outcomes;
  private final Clock clock;
  private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();

  public MqttChannel(
      String name, AlertBook alerts, Composer composer, Link link, Outcomes outcomes, Clock clock) {
    this.name = name;
    this.alerts = alerts;
    this.composer = composer;
    this.link = link;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Effect effect) {
    Delivery delivery = effect.delivery();
    String identity = identity(delivery);
    Optional<Delivery> dropped =
        mailboxes.computeIfAbsent(identity, _ -> new Mailbox()).put(delivery);
    dropped.ifPresent(oldest -> outcomes.report(oldest.key(), new Outcome.GaveUp("mailbox full")));
    message(delivery).ifPresent(message -> link.sendToAll(identity, message));
  }

  /** A client of this identity can be sent to from now on: it gets all that waits. Any thread. */
  public void ready(String identity, String client) {
    for (Delivery delivery : waitingFor(identity)) {
      send(identity, delivery, message -> link.send(client, message));
    }
  }

  /** A client confirmed a message. Any thread. */
  public void confirmed(String identity, String token) {
    end(identity, token, new Outcome.Acknowledged());
  }

  /** A message was written to a client that confirms nothing (QoS 0). Any thread. */
  public void handedOver(String identity, String token) {
    end(identity, token, new Outcome.Sent(null));
  }

  /** A client can't take a message at all; another client of the same recipient still may. */
  public void refused(String token, String why) {
    outcomes.report(DeliveryKey.parse(token), new Outcome.GaveUp(why));
  }

  private void end(String identity, String token, Outcome outcome) {
    DeliveryKey key = DeliveryKey.parse(token);
    drop(identity, key);
    outcomes.report(key, outcome);
  }

  @Override
  public void tend() {
    Instant now = clock.wall();
    for (String identity : mailboxes.keySet()) {
      for (Delivery delivery : waitingFor(identity)) {
        if (!delivery.expiresAt().isAfter(now)) {
          end(identity, delivery.key().toString(), new Outcome.Expired());
        } else {
          // Whoever is connected and did not get it for a full queue gets it now; what is on its
          // way already isn't sent twice.
          send(identity, delivery, message -> link.sendToAll(identity, message));
        }
      }
    }
  }

  /** Unless it was confirmed since the round over all that waits began, which may take a while. */
  private void send(String identity, Delivery delivery, Consumer<Link.Message> by) {
    Mailbox mailbox = mailboxes.get(identity);
    if (mailbox != null && mailbox.holds(delivery.key())) {
      message(delivery).ifPresentOrElse(by, () -> drop(identity, delivery.key()));
    }
  }

  private List<Delivery> waitingFor(String identity) {
    Mailbox mailbox = mailboxes.get(identity);
    return mailbox == null ? List.of() : mailbox.waiting();
  }

  private void drop(String identity, DeliveryKey key) {
    Mailbox mailbox = mailboxes.get(identity);
    if (mailbox != null) {
      mailbox.remove(key);
    }
  }

  private Optional<Link.Message> message(Delivery delivery) {
    return current(delivery)
        .flatMap(seen -> composer.compose(seen, delivery))
        .map(payload -> new Link.Message(delivery.key().toString(), payload, delivery.expiresAt()));
  }

  /** The alert as it stands, if the delivery is still under way in it. */
  private Optional<AlertBook.Seen> current(Delivery delivery) {
    return alerts
        .find(delivery.key().alert())
        .filter(seen -> isUnderWay(seen.alert(), delivery.key()));
  }

  private static boolean isUnderWay(Alert alert, DeliveryKey key) {
    return alert.delivery(key.number()).map(Delivery::isUnderWay).orElse(false);
  }

  private static String identity(Delivery delivery) {
    return switch (delivery.to()) {
      case Delivery.ToResponder to -> to.responder().value();
      case Delivery.ToDevice to -> to.mailbox().value();
    };
  }
}
