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
 * What the devices of a city say, decoded beforehand and said again and again, each time at a new
 * moment. In a hundred: 55 of infrared, 8 of doors, 15 measurements, 10 positions, 10 reports of a
 * device on itself, nearly 2 words of being well; two presses in 10,000.
 */
final class BenchEvents {
  private static final int DISTINCT_MOST = 1 << 21;
  private static final int EVENTS_PER_HOME = 10;
  private static final int DELAY_MILLIS = 500;
  private static final String[] ROOMS = {"bedroom", "kitchen", "living_room", "bathroom"};

  private final DeviceEvent[] decoded;
  private int next;
  private long said;

  BenchEvents(int homes, long seed) {
    Random random = new Random(seed);
    int wanted = Math.min(DISTINCT_MOST, homes * EVENTS_PER_HOME);
    decoded = new DeviceEvent[wanted];
    for (int i = 0; i < wanted; i++) {
      decoded[i] = event(random.nextInt(homes), random);
    }
  }

  private static DeviceEvent event(int home, Random random) {
    int share = random.nextInt(10_000);
    if (share < 5_500) {
      String state = random.nextInt(3) > 0 ? "active" : "idle";
      String room = ROOMS[random.nextInt(ROOMS.length)];
      return read(
          BenchCity.Thing.MOTION,
          home,
          Kind.MOTION,
          "\"state\":\"" + state + "\",\"room\":\"" + room + "\"");
    }
    if (share < 6_300) {
      String state = random.nextBoolean() ? "open" : "closed";
      return read(BenchCity.Thing.DOOR, home, Kind.DOOR, "\"state\":\"" + state + "\"");
    }
    if (share < 7_800) {
      return read(
          BenchCity.Thing.BAND,
          home,
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
          home,
          Kind.LOCATION,
          "\"lat\":%.6f,\"lon\":%.6f,\"accuracy_m\":15,\"source\":\"gnss\""
              .formatted(
                  32 + random.nextGaussian() * 0.0001, 120 + random.nextGaussian() * 0.0001));
    }
    if (share < 9_800) {
      BenchCity.Thing of = random.nextBoolean() ? BenchCity.Thing.SMOKE : BenchCity.Thing.BAND;
      return read(
          of, home, Kind.STATUS, "\"online\":true,\"battery_pct\":" + (60 + random.nextInt(40)));
    }
    return share < 9_998
        ? read(BenchCity.Thing.BAND, home, Kind.CHECKIN, "\"source\":\"button\"")
        : read(BenchCity.Thing.BAND, home, Kind.SOS, "\"action\":\"press\"");
  }

  private static DeviceEvent read(BenchCity.Thing thing, int home, Kind kind, String fields) {
    String json = "{\"at\":\"2026-03-02T08:00:00+08:00\"," + fields + "}";
    DeviceEvent event =
        EventReader.readOne(
            new DeviceId(thing.id(home)), null, kind, null, json.getBytes(StandardCharsets.UTF_8));
    if (event.at() == null) {
      throw new IllegalStateException("not as the device contract has it: " + json);
    }
    return event;
  }

  /** How many there are before they come again. */
  int distinct() {
    return decoded.length;
  }

  /** The next event, said half a second ago. */
  DeviceEvent next(Instant now) {
    DeviceEvent event = decoded[next];
    next = next + 1 == decoded.length ? 0 : next + 1;
    return new DeviceEvent(
        event.device(),
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
}
