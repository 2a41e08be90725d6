package io.shouwang.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.engine.JournalledInputs;
import io.shouwang.model.DeviceEvent;
import io.shouwang.simulation.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One data directory and several violent ends of its gateway. After each: what was acknowledged is
 * in the journal, every acknowledged press rings and is shown, nothing rings twice under a new key,
 * what a device says again opens nothing, and what a responder's acknowledgement is on record for
 * stays quiet.
 */
final class Campaign implements AutoCloseable {
  /** How the gateway ends. */
  interface End {
    /** Ends it while it works; returns when the process is gone. */
    void strike(GatewayProcess gateway) throws IOException;

    /** Makes the data directory readable again. */
    default void recover() throws IOException {}
  }

  static final int PRESSES_PER_ROUND = 4;
  private static final int GENEROUS_SECONDS = 120;
  private static final int ALERTS_LOOKED_AT = Seed.full() ? Integer.MAX_VALUE : 30;

  private final Path data;
  private final City city;
  private final Seed seed;
  private final Random random;
  private final Ledger ledger = new Ledger();
  private final Crowd crowd;
  private final Map<String, String> secrets;
  private final List<Ears> everybody = List.of(new Ears(City.GRID), new Ears(City.DESK));
  private GatewayProcess gateway;
  private int round;

  /**
   * Starts the gateway.
   *
   * @param directory for the configuration, made here
   * @param data may be a mounted disk's
   * @param hubs that speak; the city has one more, which is silent
   */
  Campaign(Path directory, Path data, int hubs, int rounds, Seed seed) throws IOException {
    this.data = data;
    this.seed = seed;
    this.random = seed.random();
    city = City.write(directory, hubs + 1, rounds * PRESSES_PER_ROUND, false);
    gateway = GatewayProcess.start(city.directory(), data);
    secrets = City.secrets(data);
    crowd = new Crowd(city, hubs, secrets, ledger, seed, PRESSES_PER_ROUND);
    listen();
  }

  GatewayProcess gateway() {
    return gateway;
  }

  /** A line of the hub that doesn't speak. */
  Line silentHub() throws IOException {
    String id = City.hub(city.hubs() - 1);
    return Line.connect(gateway.mqttPort(), id, secret(id));
  }

  private String secret(String id) {
    return secrets.getOrDefault(id, "");
  }

  private void listen() throws IOException {
    for (Ears ears : everybody) {
      ears.listen(gateway.mqttPort(), secret(ears.responder()));
    }
  }

  /** One round: load, the end, a new start, all checks. */
  void round(End end) throws IOException {
    boolean heavy = Seed.full() && round % 3 == 2; // segments fill up under it
    int least = heavy ? 3_000 : 200;
    everybody.forEach(ears -> ears.ignore(delivery -> (delivery.hashCode() & 31) == 7));
    crowd.speak(gateway.mqttPort(), round, heavy ? 1 : 8);
    boolean spoken = ledger.awaitMore(least + random.nextInt(4 * least), GENEROUS_SECONDS);
    end.strike(gateway);
    crowd.join();
    everybody.forEach(Ears::awaitSilence);
    assertTrue(spoken, () -> "so few acknowledgements:\n" + gateway.errors());
    end.recover();

    JournalledInputs found = JournalledInputs.read(data);
    int before = ledger.acknowledgedCount();
    assertNothingLost(found);
    int lives = everybody.getFirst().life();

    gateway = GatewayProcess.start(city.directory(), data);
    System.out.printf(
        "round %d: %d acknowledged, %d alerts; ready again after %d ms%n",
        round, before, found.raised().size(), gateway.sinceStart().toMillis());
    everybody.forEach(ears -> ears.ignore(_ -> false));
    listen();
    crowd.sayAgain(gateway.mqttPort());
    Set<String> pressed = new TreeSet<>();
    ledger.acknowledgedPresses().forEach(sent -> pressed.add(City.home(sent.device())));
    for (Ears ears : everybody) {
      Set<String> silent = ears.awaitHomes(pressed, GENEROUS_SECONDS);
      assertEquals(Set.of(), silent, ears.responder() + " never heard of them");
    }
    assertShown(pressed, lives);
    assertRungOnce();
    assertQuiet(found.acknowledged(), lives);
    round++;
  }

  private void assertNothingLost(JournalledInputs found) {
    Set<String> keys = new HashSet<>();
    for (DeviceEvent event : found.events()) {
      keys.add(Ledger.Sent.key(event));
    }
    List<String> lost = ledger.missingFrom(keys);
    assertEquals(
        List.of(),
        lost.subList(0, Math.min(10, lost.size())),
        () -> lost.size() + " acknowledged events are lost; repeat with -Dseed=" + seed.value());
  }

  /** The API shows each press's alert, one for each home, and who has it. */
  private void assertShown(Set<String> pressed, int livesBefore) throws IOException {
    Map<String, String> alerts = new HashMap<>();
    Set<String> troubles = new HashSet<>();
    Set<String> late = new HashSet<>();
    for (Ears.Ring ring : everybody.getLast().rings()) {
      if (ring.kind().equals("sos")) {
        alerts.put(ring.home(), ring.alert());
        if (ring.life() > livesBefore) {
          late.add(ring.alert());
        }
      } else {
        troubles.add(ring.alert());
      }
    }
    assertTrue(alerts.keySet().containsAll(pressed));
    try (Api api = new Api(gateway.http(), secret(City.OPERATOR))) {
      assertEquals(
          alerts.size() + troubles.size(), api.openAlerts(), "alerts the desk knows, alerts shown");
      int looked = 0;
      for (String alert : late) {
        assertAnswered(api, alert);
        looked++;
      }
      for (String home : pressed) {
        if (looked++ < ALERTS_LOOKED_AT) {
          assertAnswered(api, alerts.getOrDefault(home, ""));
        }
      }
    }
  }

  /** The alert is there, and in the end it says that its rings were acknowledged. */
  private static void assertAnswered(Api api, String alert) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
    while (true) {
      Api.Answer answer = api.alert(alert);
      assertEquals(200, answer.status(), "alert " + alert);
      boolean all = true;
      for (JsonNode delivery : answer.body().path("deliveries")) {
        boolean toPerson = delivery.path("to").has("responder");
        all &= !toPerson || delivery.path("outcome").asText().equals("acknowledged");
      }
      if (all) {
        return;
      }
      assertTrue(System.nanoTime() < deadline, () -> "never acknowledged: " + answer.body());
      Thread.onSpinWait();
    }
  }

  /** One alert for a press, one key for a ring. */
  private void assertRungOnce() {
    for (Ears ears : everybody) {
      Map<String, String> alertOfHome = new HashMap<>();
      Map<String, String> keyOfRing = new HashMap<>();
      Set<String> perLife = new HashSet<>();
      for (Ears.Ring ring : ears.rings()) {
        if (!ring.kind().equals("sos")) {
          continue;
        }
        String expected = ears.responder().equals(City.DESK) ? "desk" : "rung";
        assertEquals(expected, ring.cause(), () -> "a ring without a reason: " + ring);
        String alert = alertOfHome.putIfAbsent(ring.home(), ring.alert());
        assertTrue(alert == null || alert.equals(ring.alert()), () -> "a second alert: " + ring);
        String key = keyOfRing.putIfAbsent(ring.alert(), ring.delivery());
        assertTrue(key == null || key.equals(ring.delivery()), () -> "a second key: " + ring);
        assertTrue(
            perLife.add(ring.life() + " " + ring.delivery()), () -> "twice on a line: " + ring);
      }
    }
  }

  /** What the journal knows to be acknowledged isn't rung again. */
  private void assertQuiet(Set<String> acknowledged, int livesBefore) {
    for (Ears ears : everybody) {
      for (Ears.Ring ring : ears.rings()) {
        assertTrue(
            ring.life() <= livesBefore || !acknowledged.contains(ring.delivery()),
            () -> ears.responder() + " had acknowledged " + ring);
      }
    }
  }

  @Override
  public void close() {
    everybody.forEach(Ears::close);
    gateway.close();
  }
}
