package io.shouwang.senses;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Fix;
import java.nio.ByteBuffer;

/**
 * Where one device has been lately. Immutable.
 *
 * @param fixAt when the latest usable position was received
 */
public record Track(long fixAt) {
  public static final Track NONE = new Track(0);

  Track hear(Fix fix, DeviceEvent event, DeviceSense device, long nowMillis) {
    return new Track(nowMillis);
  }

  int bytes() {
    return 8;
  }

  void write(ByteBuffer out) {
    out.putLong(fixAt);
  }

  static Track read(ByteBuffer in) {
    return new Track(in.getLong());
  }
}
