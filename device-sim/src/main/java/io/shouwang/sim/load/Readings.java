package io.shouwang.sim.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.sim.message.Payloads;
import io.shouwang.sim.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Plausible readings, a pure function of who and how many before: a run can be repeated. */
public final class Readings {
  /** The kinds this can make. */
  public static final List<String> KINDS = List.of("motion", "vitals", "location", "status");

  private Readings() {}

  /** Readings in turn, each under an id of its own: for a run that asks how many go. */
  public static final class Maker {
    private final List<String> kinds;
    private final Clock clock;
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    public Maker(List<String> kinds, Clock clock) {
      this.kinds = List.copyOf(kinds);
      this.clock = clock;
    }

    /** The next reading of a device. Any thread. */
    public Message next(String device, long number) {
      String kind = kinds.get((int) (number % kinds.size()));
      return new Message(
          device,
          Payloads.topic(device, kind),
          reading(kind, run + "-" + number, clock.now(), number));
    }
  }

  /**
   * The reading of one kind.
   *
   * @param number differs from one reading to the next
   */
  public static byte[] reading(String kind, String id, Instant at, long number) {
    ObjectNode event = Payloads.event(id, Payloads.at(at));
    switch (kind) {
      case "motion" ->
          event
              .put("state", number % 3 == 2 ? "idle" : "active")
              .put("room", number % 2 == 0 ? "kitchen" : "bedroom");
      case "vitals" ->
          event
              .put("heart_rate_bpm", 62 + number % 17)
              .put("spo2_pct", 95 + number % 4)
              .put("steps", number * 7 % 6_000);
      case "location" ->
          event
              .put("lat", 32.0596 + (number % 40) * 0.0001)
              .put("lon", 120.8598 + (number % 23) * 0.0001)
              .put("accuracy_m", 8 + number % 5)
              .put("source", "gnss");
      case "status" -> event.put("battery_pct", 100 - number % 60).put("worn", true);
      default -> throw new IllegalArgumentException("no readings of kind '" + kind + "'");
    }
    return Payloads.bytes(event);
  }

  /** A press. */
  public static byte[] press(String id, Instant at) {
    return Payloads.bytes(Payloads.event(id, Payloads.at(at)).put("action", "press"));
  }
}
