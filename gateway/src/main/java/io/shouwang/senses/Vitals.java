package io.shouwang.senses;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Signal;
import java.nio.ByteBuffer;

/**
 * The latest measurements of one bracelet. Immutable.
 *
 * @param stepsToday the step counter as last said, or -1
 */
public record Vitals(int stepsToday) {
  public static final Vitals NONE = new Vitals(-1);

  Vitals hear(Signal.Vitals said, DeviceEvent event, DeviceSense device, long nowMillis) {
    return said.steps() == null ? this : new Vitals(said.steps());
  }

  int bytes() {
    return 4;
  }

  void write(ByteBuffer out) {
    out.putInt(stepsToday);
  }

  static Vitals read(ByteBuffer in) {
    return new Vitals(in.getInt());
  }
}
