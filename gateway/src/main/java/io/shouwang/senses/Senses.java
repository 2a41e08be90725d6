package io.shouwang.senses;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of what a home's devices said. Immutable; only {@link #hear} makes the
 * next one. Hearing the same event twice changes nothing that a rule goes by.
 *
 * @param devices those heard, at most {@link #DEVICES_MAX}; beyond it the one longest unheard gives
 *     way
 */
public record Senses(List<DeviceSense> devices, Life life) {
  public static final int DEVICES_MAX = 64;
  public static final Senses NONE = new Senses(List.of(), Life.NONE);

  public Senses {
    devices = DeviceSenses.of(devices);
  }

  /** What is known of a device; null if it was never heard. */
  public @Nullable DeviceSense device(DeviceId device) {
    int index = senses().find(device);
    return index < 0 ? null : devices.get(index);
  }

  /** The senses after an event. */
  public Senses hear(DeviceEvent event, Heard heard) {
    long now = heard.now().toEpochMilli();
    int index = senses().find(event.device());
    DeviceSense before = index < 0 ? DeviceSense.of(event.device()) : devices.get(index);
    DeviceSense after = before.hear(event, now);
    int steps = before.vitals() == null ? -1 : before.vitals().stepsToday();
    Life.Sign sign = Life.signOf(event.signal(), steps);
    Life next =
        sign == null
            ? life
            : life.sign(
                sign,
                Life.placeOf(event.device()),
                after.happenedAt(event, now),
                heard.offsetSeconds());
    return new Senses(senses().with(index, after, DEVICES_MAX), next);
  }

  private DeviceSenses senses() {
    return (DeviceSenses) devices;
  }
}
