package io.shouwang.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.journal.Receipt;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Gives each effect to the channel that reaches its recipient. Needs the receipt of the batch that
 * decided it: nothing rings that isn't on disk.
 */
public final class Notifier implements AutoCloseable {
  private static final int EFFECTS_WAITING_MAX = 50_000;
  private static final String MQTT = Way.MQTT.channel();

  private final AlertBook alerts;
  private final ExecutorService threads;
  private final Map<String, Bulkhead> responders = new LinkedHashMap<>();
  private final Bulkhead devices;
  private final Outcomes outcomes;
  private final List<Holding> holdings;
  private final MeterRegistry meters;

  /**
   * With a virtual thread for each channel that has something to do.
   *
   * @param responders reaches people over MQTT
   * @param devices reaches the wearer
   * @param more reach people otherwise, each by its name
   * @param holdings what may hold a message to a person back
   */
  public Notifier(
      AlertBook alerts,
      Channel responders,
      Channel devices,
      List<? extends Channel> more,
      List<Holding> holdings,
      Outcomes outcomes,
      MeterRegistry meters) {
    this(
        alerts,
        responders,
        devices,
        more,
        holdings,
        outcomes,
        meters,
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("channel-", 0).factory()),
        EFFECTS_WAITING_MAX);
  }

  /**
   * @param threads lends each channel a thread while something waits for it; shut down in the end
   * @param waitingMax the most effects that wait for one channel
   */
  public Notifier(
      AlertBook alerts,
      Channel responders,
      Channel devices,
      List<? extends Channel> more,
      List<Holding> holdings,
      Outcomes outcomes,
      MeterRegistry meters,
      ExecutorService threads,
      int waitingMax) {
    this.alerts = alerts;
    this.threads = threads;
    this.outcomes = outcomes;
    this.meters = meters;
    this.holdings = List.copyOf(holdings);
    this.responders.put(
        MQTT, new Bulkhead(responders, () -> underWay(MQTT), threads, waitingMax, meters));
    for (Channel channel : more) {
      String name = channel.name();
      this.responders.put(
          name, new Bulkhead(channel, () -> underWay(name), threads, waitingMax, meters));
    }
    this.devices = new Bulkhead(devices, this::underWayToDevices, threads, waitingMax, meters);
  }

  /** Never blocks. The engine's thread. */
  public void perform(Receipt receipt, List<Effect> effects) {
    if (receipt.sequence() < 1) {
      throw new IllegalArgumentException("no receipt of a batch");
    }
    effects.forEach(this::perform);
  }

  /** What a restart found under way goes out again under the same keys. */
  public void resume(List<Effect> pending) {
    pending.forEach(this::perform);
  }

  private void perform(Effect effect) {
    switch (effect.delivery().to()) {
      case Delivery.ToResponder _ -> ring(effect);
      case Delivery.ToDevice _ -> devices.deliver(effect);
    }
  }

  private void ring(Effect effect) {
    Optional<String> held = holdings.isEmpty() ? Optional.empty() : heldBack(effect);
    if (held.isPresent()) {
      held(effect.delivery().channel()).increment();
      outcomes.report(effect.delivery().key(), new Outcome.HeldBack(held.get()));
      return;
    }
    String name = effect.delivery().channel();
    Bulkhead channel = responders.get(name);
    if (channel == null) {
      // The core goes on to the next way; somebody took a channel away that ways.csv still names.
      outcomes.report(
          effect.delivery().key(), new Outcome.GaveUp("channel " + name + " is not set up"));
    } else {
      channel.deliver(effect);
    }
  }

  private Counter held(String channel) {
    return Counter.builder("shouwang.notify.held")
        .description("follow-ups folded into an incident, and messages beyond a drill's budget")
        .tag("channel", channel)
        .register(meters);
  }

  private Optional<String> heldBack(Effect effect) {
    Alert alert = alerts.find(effect.alert()).map(AlertBook.Seen::alert).orElse(null);
    if (alert == null) {
      return Optional.empty();
    }
    for (Holding holding : holdings) {
      Optional<String> why = holding.holdBack(effect, alert);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  /** Has the channels look after what waits; to be called every few seconds. */
  public void tend() {
    responders.values().forEach(Bulkhead::tend);
    devices.tend();
  }

  private Iterable<Effect> underWay(String channel) {
    return underWay()
        .filter(effect -> effect.delivery().to() instanceof Delivery.ToResponder)
        .filter(effect -> effect.delivery().channel().equals(channel))
        .toList();
  }

  private Iterable<Effect> underWayToDevices() {
    return underWay()
        .filter(effect -> effect.delivery().to() instanceof Delivery.ToDevice)
        .toList();
  }

  private Stream<Effect> underWay() {
    return Stream.concat(alerts.open().stream(), alerts.closed().stream())
        .flatMap(seen ->
            seen.alert().deliveries().stream()
                .filter(Delivery::isUnderWay)
                .map(delivery -> new Effect(seen.alert().id(), delivery)));
  }

  @Override
  public void close() {
    responders.values().forEach(Bulkhead::close);
    devices.close();
    threads.shutdownNow();
  }
}
