package io.shouwang.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.journal.Receipt;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Gives each effect to the channel that reaches its recipient. Needs the receipt of the batch that
 * decided it: nothing rings that isn't on disk.
 */
public final class Notifier implements AutoCloseable {
  private static final int EFFECTS_WAITING_MAX = 50_000;

  private final AlertBook alerts;
  private final ExecutorService threads;
  private final Bulkhead responders;
  private final Bulkhead devices;

  /**
   * With a virtual thread for each channel that has something to do.
   *
   * @param responders reaches people
   * @param devices reaches the wearer
   */
  public Notifier(AlertBook alerts, Channel responders, Channel devices, MeterRegistry meters) {
    this(
        alerts,
        responders,
        devices,
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
      MeterRegistry meters,
      ExecutorService threads,
      int waitingMax) {
    this.alerts = alerts;
    this.threads = threads;
    this.responders = new Bulkhead(responders, () -> underWay(true), threads, waitingMax, meters);
    this.devices = new Bulkhead(devices, () -> underWay(false), threads, waitingMax, meters);
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
      case Delivery.ToResponder _ -> responders.deliver(effect);
      case Delivery.ToDevice _ -> devices.deliver(effect);
    }
  }

  /** Has the channels look after what waits; to be called every few seconds. */
  public void tend() {
    responders.tend();
    devices.tend();
  }

  private List<Effect> underWay(boolean toResponders) {
    return Stream.concat(alerts.open().stream(), alerts.closed().stream())
        .flatMap(seen ->
            seen.alert().deliveries().stream()
                .filter(Delivery::isUnderWay)
                .map(delivery -> new Effect(seen.alert().id(), delivery)))
        .filter(effect -> effect.delivery().to() instanceof Delivery.ToResponder == toResponders)
        .toList();
  }

  @Override
  public void close() {
    responders.close();
    devices.close();
    threads.shutdownNow();
  }
}
