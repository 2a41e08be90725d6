package io.shouwang.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.journal.Receipt;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives each effect to the channel that reaches its recipient. Needs the receipt of the batch that
 * decided it: nothing rings that isn't on disk.
 */
public final class Notifier implements AutoCloseable {
  private final AlertBook alerts;
  private final Bulkhead responders;
  private final Bulkhead devices;

  /**
   * @param responders reaches people
   * @param devices reaches the wearer
   */
  public Notifier(AlertBook alerts, Channel responders, Channel devices, MeterRegistry meters) {
    this.alerts = alerts;
    this.responders = new Bulkhead(responders, () -> underWay(true), meters);
    this.devices = new Bulkhead(devices, () -> underWay(false), meters);
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
  }
}
