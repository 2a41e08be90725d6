package io.shouwang.ingest.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.intake.Lane;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the endpoint counts. Any thread. */
final class MqttCounters {
  private final MeterRegistry registry;
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
  private final Map<Lane, Counter> published = new EnumMap<>(Lane.class);
  private final Map<Mailbox.Drop, Counter> dropped = new EnumMap<>(Mailbox.Drop.class);
  private final Counter accepted;
  private final Counter turnedAway;
  private final Counter refusedPublishes;
  private final Counter refusedSubscribes;
  private final Counter connectTimeouts;
  private final Counter unreadable;
  private final Counter held;
  private final Counter shed;
  private final Counter paused;
  private final Counter takeovers;
  private final Counter sessionsNotKept;
  private final Counter unknownPubAcks;
  private final Counter revoked;
  private final Counter faults;

  MqttCounters(MeterRegistry registry) {
    this.registry = registry;
    for (Reason reason : Reason.values()) {
      refused.put(reason, counter("shouwang.mqtt.closed", "reason", word(reason)));
    }
    for (Lane lane : Lane.values()) {
      published.put(lane, counter("shouwang.mqtt.events", "lane", word(lane)));
    }
    for (Mailbox.Drop why : Mailbox.Drop.values()) {
      dropped.put(why, counter("shouwang.mqtt.outgoing.dropped", "why", word(why)));
    }
    accepted = counter("shouwang.mqtt.connects");
    turnedAway = counter("shouwang.mqtt.turned.away");
    refusedPublishes = counter("shouwang.mqtt.publishes.refused");
    refusedSubscribes = counter("shouwang.mqtt.subscribes.refused");
    connectTimeouts = counter("shouwang.mqtt.connect.timeouts");
    unreadable = counter("shouwang.mqtt.unreadable");
    held = counter("shouwang.mqtt.held");
    shed = counter("shouwang.mqtt.readings.shed");
    paused = counter("shouwang.mqtt.paused");
    takeovers = counter("shouwang.mqtt.takeovers");
    sessionsNotKept = counter("shouwang.mqtt.sessions.not.kept");
    unknownPubAcks = counter("shouwang.mqtt.pubacks.unknown");
    revoked = counter("shouwang.mqtt.revoked");
    faults = counter("shouwang.mqtt.faults");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Counter counter(String name, String... tags) {
    return Counter.builder(name).tags(tags).register(registry);
  }

  private static void count(Map<?, Counter> counters, Object key) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }

  MeterRegistry registry() {
    return registry;
  }

  /** A connection was closed by us, or a CONNECT refused. */
  void closed(Reason reason) {
    count(refused, reason);
  }

  void event(Lane lane) {
    count(published, lane);
  }

  void dropped(Mailbox.Drop why) {
    count(dropped, why);
  }

  void accepted() {
    accepted.increment();
  }

  /** A connection was closed unheard: too many are open. */
  void turnedAway() {
    turnedAway.increment();
  }

  void refusedPublish() {
    refusedPublishes.increment();
  }

  void refusedSubscribe() {
    refusedSubscribes.increment();
  }

  void connectTimeout() {
    connectTimeouts.increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  void held() {
    held.increment();
  }

  /** A reading of QoS 0 was given up, since the telemetry lane has no room. */
  void shed() {
    shed.increment();
  }

  void paused() {
    paused.increment();
  }

  void takeover() {
    takeovers.increment();
  }

  void sessionNotKept() {
    sessionsNotKept.increment();
  }

  void unknownPubAck() {
    unknownPubAcks.increment();
  }

  /** A client went because the registry no longer knows it. */
  void revoked() {
    revoked.increment();
  }

  /** Something of ours failed. */
  void fault() {
    faults.increment();
  }
}
