package io.shouwang.figures;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Kind;
import io.shouwang.model.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest status message of each device, as it came: signal strength, firmware and whatever else
 * no rule reads. Bounded; the device that said nothing for longest goes first. Any thread.
 */
public final class LatestStatus {
  static final int DEVICES_MAX = 50_000;
  private static final int BYTES_MAX = 1_024;

  private final Map<DeviceId, Said> latest = new LinkedHashMap<>(64, 0.75f, true);

  /** A status message. */
  public record Said(Instant at, Payload payload) {}

  void take(DeviceEvent event, Instant at) {
    if (event.kind().equals(Kind.STATUS) && event.payload().length() <= BYTES_MAX) {
      keep(event.device(), new Said(at, event.payload()));
    }
  }

  private synchronized void keep(DeviceId device, Said said) {
    latest.put(device, said);
    if (latest.size() > DEVICES_MAX) {
      latest.remove(latest.keySet().iterator().next());
    }
  }

  /** What a device said last of itself; null if nothing is known. */
  public synchronized @Nullable Said of(DeviceId device) {
    return latest.get(device);
  }
}
