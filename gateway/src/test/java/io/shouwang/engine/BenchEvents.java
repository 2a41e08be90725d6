package io.shouwang.engine;

import io.shouwang.intake.EventReader;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

/**
 * What the devices of a city say, each home as often as any other, in no order. In a hundred: 55 of
 * infrared, 8 of doors, 15 measurements, 10 positions, 10 reports of a device on itself, nearly 2
 * words of being well; two presses in 10,000. What is said was decoded beforehand; who says it and
 * when is put together each time, so that an event is as near in memory as one just decoded.
 */
@SuppressWarnings("EnumOrdinal") // an index of this run alone
final class BenchEvents {
  private static final int DISTINCT = 10_000;
  private static final int DELAY_MILLIS = 500;
  private static final String[] ROOMS = {"bedroom", "kitchen", "living_room", "bathroom"};

  /** What begins the device's id, and what it says. */
  private record Said(String prefix, DeviceEvent event) {}

  private final int homes;
  private final Said[] all = new Said[DISTINCT];
  private final byte[] id = new byte[32];
  private long random;
  private long said;

  BenchEvents(int homes, long seed) {
    this.homes = homes;
    this.random = seed;
    Random distinct = new Random(seed);
    for (int i = 0; i < DISTINCT; i++) {
      all[i] = said(i, distinct);
    }
  }

  /** What is said at this place of 10,000. */
  private static Said said(int share, Random random) {
    if (share < 5_500) {
      String state = random.nextInt(3) > 0 ? "active" : "idle";
      String room = ROOMS[random.nextInt(ROOMS.length)];
      return read(
          BenchCity.Thing.MOTION,
          Kind.MOTION,
          "\"state\":\"" + state + "\",\"room\":\"" + room + "\"");
    }
    if (share < 6_300) {
      String state = random.nextBoolean() ? "open" : "closed";
      return read(BenchCity.Thing.DOOR, Kind.DOOR, "\"state\":\"" + state + "\"");
    }
    if (share < 7_800) {
      return read(
          BenchCity.Thing.BAND,
          Kind.VITALS,
          "\"heart_rate_bpm\":%d,\"spo2_pct\":%d,\"steps\":%d,\"worn\":true,\"battery_pct\":%d"
              .formatted(
                  62 + random.nextInt(25),
                  95 + random.nextInt(4),
                  random.nextInt(6_000),
                  60 + random.nextInt(40)));
    }
    if (share < 8_800) {
      return read(
          BenchCity.Thing.BAND,
          Kind.LOCATION,
          "\"lat\":%.6f,\"lon\":%.6f,\"accuracy_m\":15,\"source\":\"gnss\""
              .formatted(
                  32 + random.nextGaussian() * 0.0001, 120 + random.nextGaussian() * 0.0001));
    }
    if (share < 9_800) {
      BenchCity.Thing of = random.nextBoolean() ? BenchCity.Thing.SMOKE : BenchCity.Thing.BAND;
      return read(of, Kind.STATUS, "\"online\":true,\"battery_pct\":" + (60 + random.nextInt(40)));
    }
    return share < 9_998
        ? read(BenchCity.Thing.BAND, Kind.CHECKIN, "\"source\":\"button\"")
        : read(BenchCity.Thing.BAND, Kind.SOS, "\"action\":\"press\"");
  }

  private static Said read(BenchCity.Thing thing, Kind kind, String fields) {
    String json = "{\"at\":\"2026-03-02T08:00:00+08:00\"," + fields + "}";
    DeviceEvent event =
        EventReader.readOne(
            new DeviceId(thing.id(0)), null, kind, null, json.getBytes(StandardCharsets.UTF_8));
    if (event.at() == null) {
      throw new IllegalStateException("not as the device contract has it: " + json);
    }
    return new Said(thing.prefix(), event);
  }

  /** The next event, said half a second ago. */
  DeviceEvent next(Instant now) {
    random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    Said next = all[(int) ((random >>> 33) % DISTINCT)];
    int home = (int) Math.multiplyHigh(random >>> 1, 2L * homes);
    DeviceEvent event = next.event();
    return new DeviceEvent(
        device(next.prefix(), home),
        event.hub(),
        event.kind(),
        event.signal(),
        event.health(),
        event.id(),
        now.minusMillis(DELAY_MILLIS),
        null,
        new EventKey(0, ++said),
        event.packet(),
        event.payload());
  }

  /** As {@link BenchCity.Thing#id} names it. */
  @SuppressWarnings("deprecation") // the quickest way from ASCII to a text
  private DeviceId device(String prefix, int home) {
    int length = prefix.length() + 1 + BenchCity.DIGITS;
    prefix.getBytes(0, prefix.length(), id, 0);
    id[prefix.length()] = '-';
    int rest = home;
    for (int i = length - 1; i > prefix.length(); i--) {
      id[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return new DeviceId(new String(id, 0, 0, length));
  }
}
