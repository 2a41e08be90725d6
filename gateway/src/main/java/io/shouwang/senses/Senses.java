package io.shouwang.senses;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import java.util.ArrayList;
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

  /** What is known of a device; null if it was never heard. */
  public @Nullable DeviceSense device(DeviceId device) {
    for (DeviceSense sense : devices) {
      if (sense.device().equals(device)) {
        return sense;
      }
    }
    return null;
  }

  /** The senses after an event. */
  public Senses hear(DeviceEvent event, Heard heard) {
    long now = heard.now().toEpochMilli();
    DeviceSense known = device(event.device());
    DeviceSense before = known == null ? DeviceSense.of(event.device()) : known;
    DeviceSense after = before.hear(event, now);
    int steps = before.vitals() == null ? -1 : before.vitals().stepsToday();
    Life.Sign sign = Life.signOf(event.signal(), steps);
    Life next =
        sign == null ? life : life.sign(sign, after.happenedAt(event, now), heard.offsetSeconds());
    return new Senses(with(known, after), next);
  }

  private List<DeviceSense> with(@Nullable DeviceSense known, DeviceSense after) {
    List<DeviceSense> all = new ArrayList<>(devices.size() + 1);
    for (DeviceSense sense : devices) {
      all.add(sense.device().equals(after.device()) ? after : sense);
    }
    if (known == null) {
      if (all.size() >= DEVICES_MAX) {
        all.remove(longestUnheard(all));
      }
      all.add(after);
    }
    return List.copyOf(all);
  }

  private static int longestUnheard(List<DeviceSense> all) {
    int longest = 0;
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).heardAt() < all.get(longest).heardAt()) {
        longest = i;
      }
    }
    return longest;
  }
}
