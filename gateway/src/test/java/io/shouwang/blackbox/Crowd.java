package io.shouwang.blackbox;

import io.shouwang.blackbox.Ledger.Sent;
import io.shouwang.model.Payload;
import io.shouwang.simulation.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hubs that all speak at once, each with a window of unanswered messages, readings of all sizes and
 * in between a press; until the line breaks. A thread for each; what was said and answered goes to
 * the ledger.
 */
final class Crowd {
  static final int WINDOW = 16;
  private static final int PAD_MAX = 4_000;

  private final City city;
  private final int hubs;
  private final Map<String, String> secrets;
  private final Ledger ledger;
  private final Seed seed;
  private final int pressesPerRound;
  private final ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param hubs how many of the city's speak
   */
  Crowd(
      City city,
      int hubs,
      Map<String, String> secrets,
      Ledger ledger,
      Seed seed,
      int pressesPerRound) {
    this.city = city;
    this.hubs = hubs;
    this.secrets = secrets;
    this.ledger = ledger;
    this.seed = seed;
    this.pressesPerRound = pressesPerRound;
  }

  /** What one hub says: null at the end. */
  private interface Script {
    @Nullable Sent next();
  }

  /**
   * Starts to speak; each round's presses come from buttons that were never pressed before.
   *
   * @param oneLongIn how many readings there are for each long one, of some kilobytes
   */
  void speak(int port, int round, int oneLongIn) {
    run(port, true, hub -> new Fresh(hub, round, oneLongIn)::next);
  }

  /** Says again what was not answered, and some presses that were; returns when all is answered. */
  void sayAgain(int port) {
    Map<Integer, List<Sent>> again = new HashMap<>();
    Random random = seed.random();
    for (int hub = 0; hub < hubs; hub++) {
      again.put(hub, new ArrayList<>(ledger.unanswered(hub)));
    }
    for (Sent press : ledger.acknowledgedPresses()) {
      if (random.nextInt(4) == 0) {
        again.getOrDefault(press.hub(), new ArrayList<>()).add(press);
      }
    }
    run(port, false, hub -> new ArrayDeque<>(again.getOrDefault(hub, List.of()))::poll);
    join();
  }

  /** Each hub's first button is pressed once; returns when all is answered. */
  void press(int port) {
    run(
        port,
        false,
        hub -> {
          Sent press = new Sent(hub, city.button(hub, 0), "sos", "p", payload("{\"id\":\"p\"}"));
          return new ArrayDeque<>(List.of(press))::poll;
        });
    join();
  }

  private interface Scripts {
    Script of(int hub);
  }

  private void run(int port, boolean mayBreak, Scripts scripts) {
    threads.clear();
    for (int i = 0; i < hubs; i++) {
      int hub = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  converse(port, hub, scripts.of(hub));
                } catch (IOException e) {
                  if (!mayBreak) {
                    faults.add(e);
                  }
                } catch (RuntimeException | Error e) {
                  faults.add(e);
                }
              }));
    }
  }

  /** Waits until every hub has ended. */
  void join() {
    for (Thread thread : threads) {
      try {
        if (!thread.join(Duration.ofMinutes(2))) {
          throw new AssertionError("a hub doesn't end");
        }
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
    Throwable fault = faults.poll();
    if (fault != null) {
      throw new AssertionError("a hub failed", fault);
    }
  }

  private void converse(int port, int hub, Script script) throws IOException {
    String id = City.hub(hub);
    try (Line line = Line.connect(port, id, secrets.getOrDefault(id, ""))) {
      line.subscribe("v1/devices/" + id + "/down");
      Map<Integer, Sent> window = new HashMap<>();
      int packetId = 0;
      boolean more = true;
      while (more || !window.isEmpty()) {
        while (more && window.size() < WINDOW) {
          Sent next = script.next();
          if (next == null) {
            more = false;
          } else {
            packetId = packetId % 60_000 + 1;
            window.put(packetId, next);
            ledger.sent(next);
            line.publish(packetId, next.topic(), next.payload());
          }
        }
        line.flush();
        if (!window.isEmpty()) {
          do {
            hear(line, window);
          } while (line.hasMore());
        }
      }
    }
  }

  private void hear(Line line, Map<Integer, Sent> window) throws IOException {
    switch (line.read()) {
      case Line.Packet.Acknowledged(int packetId) -> {
        Sent sent = window.remove(packetId);
        if (sent == null) {
          throw new AssertionError("an acknowledgement of nothing: " + packetId);
        }
        ledger.acknowledged(sent);
      }
      case Line.Packet.Published(int packetId, Payload _) -> line.acknowledge(packetId);
      case Line.Packet.Other _ -> {}
    }
  }

  /** New readings without end, and the round's presses among them. */
  private final class Fresh {
    private final int hub;
    private final int round;
    private final int oneLongIn;
    private final Random random;
    private int count;
    private int pressed;
    private int untilPress;

    Fresh(int hub, int round, int oneLongIn) {
      this.hub = hub;
      this.round = round;
      this.oneLongIn = oneLongIn;
      this.random = seed.round(31 * round + 1_009 * hub).random();
      this.untilPress = random.nextInt(10);
    }

    Sent next() {
      String id = "r" + round + "-" + count++;
      if (pressed < pressesPerRound && untilPress-- <= 0) {
        untilPress = random.nextInt(20);
        String button = city.button(hub, round * pressesPerRound + pressed++);
        return new Sent(hub, button, "sos", id, payload("{\"id\":\"" + id + "\"}"));
      }
      String pad = "x".repeat(random.nextInt(oneLongIn) == 0 ? random.nextInt(PAD_MAX) : 40);
      return new Sent(
          hub,
          City.hub(hub),
          "motion",
          id,
          payload("{\"id\":\"" + id + "\",\"state\":\"active\",\"pad\":\"" + pad + "\"}"));
    }
  }

  private static Payload payload(String json) {
    return Payload.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
