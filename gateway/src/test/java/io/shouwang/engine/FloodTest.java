package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.HeadCount;
import io.shouwang.alerts.Incidents;
import io.shouwang.alerts.Ladder;
import io.shouwang.alerts.Ladders;
import io.shouwang.alerts.OpenIncidents;
import io.shouwang.alerts.Rung;
import io.shouwang.alerts.World;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalOptions;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.notify.Folding;
import io.shouwang.registry.TestRegistry;
import io.shouwang.rules.EmergencyRule;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of homes at once, through the real engine and journal: each home's first rings leave in
 * the very decision that its alarm made, however many came before; what follows is one incident's,
 * with a head-count; what is held back is in the timeline. Counted phone by phone.
 */
final class FloodTest {
  private static final Path DATA = Path.of("/data");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-02T08:00:00Z"));
  private final Map<String, Integer> rings = new HashMap<>();
  private final Map<String, Integer> heldBack = new HashMap<>();
  private World world = new World(TestRegistry.demo(), rules(), ladders());
  private Recovered recovered = open();
  private Engine engine = engine();
  private OpenIncidents incidents = new OpenIncidents(engine.alerts(), world::directory);
  private int firstsHeldBack;

  FloodTest() throws IOException {}

  private static RuleBook rules() {
    return new RuleBook(RuleSettings.STANDARD, LimitsBook.STANDARD, List.of(new EmergencyRule()));
  }

  private static Ladders ladders() {
    Ladder alarm =
        new Ladder(
            "alarm",
            List.of(
                new Rung(Duration.ZERO, List.of(new Role("relative"), new Role("grid_worker")))));
    return new Ladders(
        Map.of(Kind.SOS, alarm, Kind.SMOKE, alarm), alarm, io.shouwang.alerts.DutyDesk.STANDARD);
  }

  private static Recovered open() throws IOException {
    return Recovered.open(
        new SimulatedDisk(),
        DATA,
        new JournalOptions(8 * 1024 * 1024, 8 * 1024 * 1024, 1024 * 1024, 42),
        Runnable::run);
  }

  private Engine engine() {
    Engine next =
        recovered.engine(
            world, clock, EngineLimits.DEFAULT, new StageTimes(new SimpleMeterRegistry()));
    next.performWith((receipt, effects) -> effects.forEach(this::leaves));
    return next;
  }

  /** As the notifier does it: held back and said so, or rung. */
  private void leaves(Effect effect) {
    Delivery delivery = effect.delivery();
    if (!(delivery.to() instanceof Delivery.ToResponder to)) {
      return;
    }
    Alert alert = engine.alerts().find(effect.alert()).orElseThrow().alert();
    Optional<String> why = new Folding(incidents).holdBack(effect, alert);
    if (why.isPresent()) {
      heldBack.merge(to.responder().value(), 1, Integer::sum);
      firstsHeldBack += delivery.cause() == Delivery.Cause.RUNG ? 1 : 0;
      offer(new Input.DeliveryReported(delivery.key(), new Outcome.HeldBack(why.get())));
    } else if (delivery.cause().isRing()) {
      rings.merge(to.responder().value(), 1, Integer::sum);
    }
  }

  private void offer(Input input) {
    assertTrue(
        engine.offer(new Submission(input, Lane.ALARM, clock.nanos(), Acknowledgement.NONE)));
  }

  private void settle() throws IOException {
    while (engine.step()) {
      // until nothing waits
    }
  }

  /** So many homes under one roof, a button and a smoke alarm of one make in each. */
  private void city(int homes) throws IOException {
    StringBuilder places = new StringBuilder("id,address,area,phone,access,lat,lon,building\n");
    StringBuilder elders = new StringBuilder("id,home,name\n");
    StringBuilder devices = new StringBuilder("id,type,home,elder,hub,model\n");
    StringBuilder people = new StringBuilder("id,name,phone,language\n");
    people.append("grid,Wu,1,zh\ndesk,Desk,2,zh\n");
    StringBuilder contacts = new StringBuilder("responder,role,relation,elder,home,area\n");
    contacts.append("grid,grid_worker,,,,g\ndesk,duty_desk,,,,c\n");
    for (int i = 0; i < homes; i++) {
      places.append("h%d,Road %d,g,,,,,tower\n".formatted(i, i));
      elders.append("e%d,h%d,Lin\n".formatted(i, i));
      devices.append("b%d,button,h%d,e%d,,acme-1\n".formatted(i, i, i));
      devices.append("s%d,smoke,h%d,,,acme-2\n".formatted(i, i));
      people.append("r%d,Mei,%d,zh\n".formatted(i, 1_000 + i));
      contacts.append("r%d,relative,daughter,e%d,,\n".formatted(i, i));
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("homes.csv", places.toString());
    files.put("elders.csv", elders.toString());
    files.put("devices.csv", devices.toString());
    files.put("responders.csv", people.toString());
    files.put("contacts.csv", contacts.toString());
    world = new World(TestRegistry.of(files), rules(), ladders());
    incidents.close();
    recovered.close();
    recovered = open();
    engine = engine();
    incidents = new OpenIncidents(engine.alerts(), world::directory);
  }

  private Alert incident() {
    return engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.kind().equals(Incidents.KIND))
        .findFirst()
        .orElseThrow();
  }

  private int rings(String who) {
    return rings.getOrDefault(who, 0);
  }

  /** Each home's alarm, and what had left when its decision was over. */
  private void alarms(int homes, String device, String kind, String json) throws IOException {
    for (int i = 0; i < homes; i++) {
      int desk = rings("desk");
      int grid = rings("grid");
      offer(new Input.EventReceived(EngineFixture.read(device + i, kind, json)));
      engine.step();
      assertEquals(1, rings("r" + i), "the daughter of home " + i + ", at once");
      assertTrue(rings("desk") > desk, "the desk hears of home " + i + " at once");
      assertTrue(rings("grid") > grid, "the grid worker hears of home " + i + " at once");
      settle();
      clock.advance(Duration.ofMillis(20));
      settle();
    }
  }

  private void passTime(Duration gap) throws IOException {
    for (long second = 0; second < gap.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      settle();
    }
  }

  @Test
  void a_house_of_two_hundred_homes_burns() throws IOException {
    flood(200, "s", "smoke", "{\"state\":\"alarm\"}");
    HeadCount before = incidents.headCount(incident());
    assertEquals(200, before.count(HeadCount.Standing.NOT_REACHED));
    replies("r1", alertOf("h1"), Reply.Answer.ARRIVED);
    replies("r2", alertOf("h2"), Reply.Answer.SPOKE);
    HeadCount after = incidents.headCount(incident());
    assertEquals(198, after.count(HeadCount.Standing.NOT_REACHED));
    assertEquals(1, after.count(HeadCount.Standing.SOMEBODY_THERE));
    assertEquals(1, after.count(HeadCount.Standing.SAFE));
  }

  @Test
  void a_bad_firmware_presses_two_thousand_buttons() throws IOException {
    flood(2_000, "b", "sos", "{}");
    assertTrue(incident().isAlarmClass(), "the desk hears of it as of the presses");
    assertEquals(2_000, incidents.headCount(incident()).count(HeadCount.Standing.NOT_REACHED));
  }

  private void flood(int homes, String device, String kind, String json) throws IOException {
    city(homes);
    alarms(homes, device, kind, json);
    int desk = rings("desk");
    int grid = rings("grid");
    passTime(Duration.ofSeconds(90));
    for (int i = 0; i < homes; i++) {
      assertEquals(1, rings("r" + i), "one phone, one ring: r" + i);
    }
    assertTrue(grid >= homes && grid <= homes + 30, "the grid worker was rung " + grid);
    assertEquals(0, rings("grid") - grid, "follow-ups ring the grid worker");
    assertTrue(
        rings("desk") - desk <= 3 * incidents.open().size(), // the house's, and the make's
        "the desk is rung for incidents alone: " + (rings("desk") - desk));
    assertTrue(heldBack.getOrDefault("desk", 0) >= 2 * homes, "held back: " + heldBack);
    assertEquals(0, firstsHeldBack, "a first ring was held back");
    Alert one = alertOf("h" + homes / 2);
    assertTrue(
        one.timeline().stream()
            .anyMatch(entry ->
                entry.fact() instanceof Fact.DeliveryEnded ended
                    && ended.outcome() instanceof Outcome.HeldBack(String reason)
                    && incidents.open().stream().anyMatch(i -> reason.contains(i.id().value()))),
        "what is held back shows, with the incident it folded into");
  }

  private void replies(String by, Alert alert, Reply.Answer answer) throws IOException {
    Reply reply = new Reply("x-" + by, alert.id(), answer, null, null, null);
    offer(new Input.ReplyReceived(reply, new ResponderId(by), false, "mqtt"));
    settle();
  }

  private Alert alertOf(String home) {
    return engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.home().value().equals(home))
        .findFirst()
        .orElseThrow();
  }
}
