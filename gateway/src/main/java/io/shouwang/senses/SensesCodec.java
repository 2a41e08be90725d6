package io.shouwang.senses;

import io.shouwang.model.DeviceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Senses as bytes, for snapshots. Version 1:
 *
 * <pre>
 * senses = version(1) life count(1) device*
 * device = id-length(1) id heardAt(8) clock(8,8,8,1) battery(1) worn(1) wornAt(8) charging(1)
 *          online(1) onlineAt(8) testedAt(8) has-vitals(1) vitals? has-track(1) track?
 * </pre>
 *
 * A part that grows gets a version of its own kind here; what was written before stays readable.
 */
public final class SensesCodec {
  static final byte VERSION = 1;
  private static final int DEVICE_FIXED_BYTES = 64;

  private SensesCodec() {}

  public static byte[] write(Senses senses) {
    int size = 2 + senses.life().bytes();
    for (DeviceSense device : senses.devices()) {
      size +=
          DEVICE_FIXED_BYTES
              + device.device().value().length()
              + (device.vitals() == null ? 0 : device.vitals().bytes())
              + (device.track() == null ? 0 : device.track().bytes());
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(VERSION);
    senses.life().write(out);
    out.put((byte) senses.devices().size());
    senses.devices().forEach(device -> write(device, out));
    return out.array();
  }

  private static void write(DeviceSense device, ByteBuffer out) {
    byte[] id = device.device().value().getBytes(StandardCharsets.US_ASCII);
    out.put((byte) id.length).put(id);
    out.putLong(device.heardAt());
    ClockOffset clock = device.clock();
    out.putLong(clock.leastMillis()).putLong(clock.earlierMillis()).putLong(clock.windowAt());
    out.put((byte) clock.samples());
    out.put((byte) device.batteryPct());
    out.put((byte) device.worn()).putLong(device.wornAt());
    out.put((byte) device.charging());
    out.put((byte) device.online()).putLong(device.onlineAt());
    out.putLong(device.testedAt());
    out.put((byte) (device.vitals() == null ? 0 : 1));
    if (device.vitals() != null) {
      device.vitals().write(out);
    }
    out.put((byte) (device.track() == null ? 0 : 1));
    if (device.track() != null) {
      device.track().write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote, now or in an earlier version.
   *
   * @throws IllegalArgumentException for a version this gateway doesn't know
   */
  public static Senses read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "senses of version " + version + "; this gateway reads " + VERSION);
    }
    Life life = Life.read(in);
    int count = in.get();
    List<DeviceSense> devices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      devices.add(readDevice(in));
    }
    return new Senses(List.copyOf(devices), life);
  }

  private static DeviceSense readDevice(ByteBuffer in) {
    byte[] id = new byte[in.get()];
    in.get(id);
    return new DeviceSense(
        new DeviceId(new String(id, StandardCharsets.US_ASCII)),
        in.getLong(),
        new ClockOffset(in.getLong(), in.getLong(), in.getLong(), in.get()),
        in.get(),
        in.get(),
        in.getLong(),
        in.get(),
        in.get(),
        in.getLong(),
        in.getLong(),
        in.get() == 0 ? null : Vitals.read(in),
        in.get() == 0 ? null : Track.read(in));
  }
}
