package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.intake.Lane;
import io.shouwang.journal.JournalReader;
import io.shouwang.model.Answer;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.Session;
import io.shouwang.model.Stamp;
import io.shouwang.simulation.DiskFault;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EngineTest {

  private static Set<String> rung(List<Delivery> deliveries) {
    return deliveries.stream()
        .filter(d -> d.cause().isRing())
        .map(d -> ((Delivery.ToResponder) d.to()).responder().value())
        .collect(Collectors.toSet());
  }

  @Test
  void a_press_rings_relative_grid_worker_and_desk_and_tells_the_device() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      assertInstanceOf(Answer.Taken.class, at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}"));
      Alert alert = at.onlyAlert();
      assertEquals(Alert.State.RINGING, alert.state());
      assertTrue(
          rung(alert.deliveries()).containsAll(Set.of("demo-daughter", "demo-grid", "demo-desk")),
          alert.deliveries().toString());
      assertTrue(
          at.effects.stream().anyMatch(e -> e.delivery().cause() == Delivery.Cause.TELL_RECEIVED));
    }
  }

  @Test
  void nothing_is_acknowledged_shown_or_rung_before_the_sync() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.disk.fail(new DiskFault(DiskFault.Operation.SYNC, 1, false, DiskFault.Kind.EIO));
      at.offer(
          Lane.ALARM, new Input.EventReceived(EngineFixture.read("demo-sos-001", "sos", "{}")));
      assertFalse(stepped(at));
      assertEquals(List.of(), at.answers);
      assertEquals(List.of(), at.effects);
      assertEquals(List.of(), at.engine.alerts().open());
    }
  }

  private static boolean stepped(EngineFixture at) {
    try {
      return at.engine.step();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void P4_the_same_event_is_one_alert_across_a_restart() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    Alert before = at.onlyAlert();
    at = at.restarted();
    assertInstanceOf(Answer.Repeated.class, at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}"));
    assertEquals(before, at.onlyAlert());
    at.close();
  }

  @Test
  void a_restart_finds_the_same_state_and_what_was_not_confirmed_goes_out_again() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    story(at);
    State live =
        Recovery.fromSnapshot(at.disk, EngineFixture.DATA.resolve("snapshots"))
            .replay(at.recovered.journal());
    List<DeliveryKey> pending = keys(at.engine);
    List<Alert> alerts = at.engine.alerts().open().stream().map(s -> s.alert()).toList();
    at = at.restarted();
    assertEquals(alerts, at.engine.alerts().open().stream().map(s -> s.alert()).toList());
    assertEquals(pending, keys(at.engine));
    assertEquals(live.last(), new Recoverable(at).last());
    assertFalse(pending.isEmpty());
    at.close();
  }

  private record Recoverable(EngineFixture at) {
    Stamp last() throws IOException {
      return Recovery.fromSnapshot(at.disk, EngineFixture.DATA.resolve("snapshots"))
          .replay(at.recovered.journal())
          .last();
    }
  }

  private static List<DeliveryKey> keys(Engine engine) {
    return engine.pending().stream().map(e -> e.delivery().key()).toList();
  }

  /** Something of everything, so that each fact and input goes through the journal. */
  static void story(EngineFixture at) throws Exception {
    at.engine.activate(new Input.Started("test", "2026a"), null);
    at.engine.activate(new Input.RegistryActivated("r"), null);
    at.engine.activate(new Input.SettingsActivated("s"), null);
    at.offer(Lane.TELEMETRY, new Input.SessionKept(new Session("demo-sos-001", 3600, 1, null)));
    at.event("demo-band-001", "location", "{\"lat\":34.5,\"lon\":119.2,\"accuracy_m\":12}");
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\",\"at\":\"2026-03-02T07:58:00+08:00\"}");
    Alert alert = at.onlyAlert();
    at.advance(Duration.ofSeconds(31));
    at.event("demo-sos-001", "sos", "{\"id\":\"p2\"}");
    at.event("demo-sos-001", "sos", "{\"action\":\"cancel\"}");
    at.reply("demo-grid", alert, Reply.Answer.DECLINE, null, null);
    at.reply("demo-daughter", alert, Reply.Answer.ACCEPT, 8, "on my way, 8 minutes");
    at.reply("demo-daughter", alert, Reply.Answer.SPOKE, null, null);
    at.offer(
        Lane.ALARM,
        new Input.DeliveryReported(
            alert.deliveries().getFirst().key(), new Outcome.Acknowledged()));
    at.settle();
    at.advance(Duration.ofMinutes(14));
    at.reply("demo-daughter", alert, Reply.Answer.ARRIVED, null, null);
    at.event("demo-smoke-001", "smoke", "{\"state\":\"alarm\",\"room\":\"kitchen\"}");
    at.event("demo-smoke-001", "smoke", "{\"state\":\"fault\"}");
    at.engine.activate(
        new Input.TroubleNoticed(Input.Trouble.TORN_TAIL, "segment 1 at 4096"), null);
    at.settle();
  }

  @Test
  void P7_the_same_journal_decided_again_gives_the_same_facts() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      story(at);
      Replay replay = new Replay((registry, settings) -> EngineFixture.WORLD);
      List<Decided> all = new ArrayList<>();
      new JournalReader(at.disk, EngineFixture.DATA.resolve("journal"))
          .read(1, (sequence, body) -> BatchCodec.read(body, all::add));
      all.forEach(replay::take);
      assertEquals(List.of(), replay.differences());
      assertTrue(all.stream().mapToInt(d -> d.facts().size()).sum() > 20);
    }
  }

  @Test
  void a_note_is_kept_apart_from_the_facts_and_survives_a_restart() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{}");
    Alert alert = at.onlyAlert();
    at.reply("demo-daughter", alert, Reply.Answer.ACCEPT, 8, "the key is under the pot");
    assertFalse(at.find(alert).orElseThrow().toString().contains("pot"));
    at = at.restarted();
    assertEquals(
        "the key is under the pot", at.engine.state().notes().of(alert.id()).getFirst().text());
    at.close();
  }

  @Test
  void of_two_promises_that_lapse_at_once_each_is_rung_for_once() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-sos-001", "sos", "{}");
      Alert alert = at.onlyAlert();
      at.reply("demo-daughter", alert, Reply.Answer.ACCEPT, 8, null);
      at.reply("demo-grid", alert, Reply.Answer.ACCEPT, 8, null);
      at.advance(Duration.ofMinutes(14));
      List<String> rung =
          at.onlyAlert().deliveries().stream()
              .filter(d -> d.cause() == Delivery.Cause.LAPSED)
              .map(d -> ((Delivery.ToResponder) d.to()).responder().value())
              .toList();
      assertEquals(List.of("demo-daughter", "demo-grid"), rung);
    }
  }

  @Test
  void a_storm_of_presses_does_not_stop_the_ladder_of_another_home() throws Exception {
    EngineLimits small = new EngineLimits(64, 64, 8, 32 * 1024);
    ManualClock clock = new ManualClock(Instant.parse("2026-03-02T00:00:00Z"));
    try (EngineFixture at = new EngineFixture(new SimulatedDisk(), clock, small)) {
      at.event("demo-sos-006", "sos", "{}");
      Alert before = at.onlyAlert();
      clock.advance(Duration.ofSeconds(31));
      for (int i = 0; i < 30; i++) {
        at.offer(
            Lane.ALARM, new Input.EventReceived(EngineFixture.read("demo-sos-001", "sos", "{}")));
      }
      assertTrue(at.engine.step());
      assertTrue(at.find(before).orElseThrow().deliveries().size() > before.deliveries().size());
    }
  }

  @Test
  void what_a_ring_goes_by_hears_before_it_and_whoever_looks_on_after_it() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      List<String> order = new ArrayList<>();
      AlertBook alerts = at.engine.alerts();
      at.engine.performWith((_, effects) -> order.add("ring " + !effects.isEmpty()));
      alerts.follow(
          seen -> order.add("after, found " + alerts.find(seen.alert().id()).isPresent()));
      alerts.watch(
          seen -> order.add("before, found " + alerts.find(seen.alert().id()).isPresent()));
      at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
      assertEquals(List.of("before, found true", "ring true", "after, found true"), order);
    }
  }
}
