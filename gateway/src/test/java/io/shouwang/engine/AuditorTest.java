package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.audit.Auditor;
import io.shouwang.audit.Finding;
import io.shouwang.audit.Handed;
import io.shouwang.intake.Lane;
import io.shouwang.journal.BatchBuffer;
import io.shouwang.journal.Importance;
import io.shouwang.model.AlertId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The auditor over a real engine on a simulated disk: it catches each mutant, and is quiet else.
 */
final class AuditorTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private EngineFixture at;
  private Handed handed;
  private Auditor auditor;

  @BeforeEach
  void open() throws IOException {
    begin(EngineFixture.fresh());
  }

  @AfterEach
  void close() throws IOException {
    at.close();
  }

  private void begin(EngineFixture fixture) {
    at = fixture;
    handed = new Handed();
    handed.note(at.engine.pending());
    at.engine.performWith((_, effects) -> {
      handed.note(effects);
      at.effects.addAll(effects);
    });
    auditor = auditor(at.engine.alerts());
  }

  private Auditor auditor(AlertBook book) {
    return new Auditor(
        at.recovered.takeBaseline(),
        handed,
        new Auditor.Tools(
            at.disk,
            EngineFixture.DATA.resolve("journal"),
            at.recovered::synced,
            at.engine.time(),
            book,
            at.engine,
            meters));
  }

  /** Two looks; the engine turns in between or not. */
  private List<Finding.What> look(boolean turning) throws IOException {
    for (int i = 0; i < 2; i++) {
      at.clock.advance(Duration.ofSeconds(5));
      if (turning) {
        at.settle();
      }
      assertTrue(auditor.pass());
    }
    return auditor.findings().stream().map(Finding::what).toList();
  }

  private double repairs(Finding.What what) {
    return meters.counter("shouwang.audit.repairs", "what", what.word()).count();
  }

  @Test
  void a_gateway_that_is_well_has_no_findings_whatever_happens() throws Exception {
    EngineTest.story(at);
    assertEquals(List.of(), look(true));
    at.advance(Duration.ofHours(3)); // nothing here reports that a ring expired
    assertEquals(List.of(), look(true));
    assertTrue(auditor.hasLooked());
  }

  @Test
  void an_alert_whose_timer_stopped_is_found_and_rings_again() throws Exception {
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    Alert alert = at.onlyAlert();
    assertEquals(List.of(), look(true));
    State state = at.engine.state();
    Home home = state.home(alert.home());
    state.put(
        new Home(
            home.id(),
            List.of(asleep(home.alerts().getFirst())),
            home.seen(),
            home.fixes(),
            home.senses(),
            home.conditions(),
            home.modes(),
            home.contacts()));
    at.advance(Duration.ofMinutes(2));
    int rung = at.effects.size();
    assertEquals(List.of(Finding.What.SILENT), look(true));
    assertEquals(1, repairs(Finding.What.SILENT));
    at.settle();
    assertTrue(at.effects.size() > rung, "it rings again");
    Alert after = at.find(alert).orElseThrow();
    assertTrue(
        after.timeline().stream().anyMatch(e -> e.fact() instanceof Fact.FoundSilent),
        "and says why");
    at.advance(Duration.ofMinutes(2));
    assertEquals(List.of(), look(true), "its timers run again");
  }

  /** As a mistake would leave it: nothing will ever happen. */
  private static Alert asleep(Alert a) {
    return new Alert(
        a.id(),
        a.home(),
        a.kind(),
        a.severity(),
        a.subject(),
        a.elders(),
        a.raisedAt(),
        a.ladder(),
        a.desk(),
        a.evidence(),
        a.nextRung(),
        null,
        null,
        a.deskSince(),
        a.deskLevel(),
        a.holds(),
        List.of(),
        a.deliveries(),
        a.deliveryCount(),
        a.devices(),
        a.replyKeys(),
        a.timeline(),
        a.timelineOmitted(),
        a.closing(),
        a.marks(),
        a.handover());
  }

  @Test
  void an_engine_that_no_longer_turns_is_found_by_what_does_not_happen() throws Exception {
    at.event("demo-sos-001", "sos", "{}");
    at.clock.advance(Duration.ofMinutes(1));
    assertEquals(List.of(Finding.What.SILENT), look(false));
    at.settle();
    assertEquals(List.of(), look(true));
  }

  @Test
  void what_one_look_alone_had_leaves_no_word() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Auditor.class);
    log.start();
    logger.addAppender(log);
    try {
      at.event("demo-sos-001", "sos", "{}");
      at.clock.advance(Duration.ofMinutes(1));
      assertTrue(auditor.pass(), "something is due, and the engine is about to do it");
      at.settle();
      assertEquals(List.of(), look(true));
      assertEquals(List.of(), log.list);
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void an_alert_that_the_engine_lost_is_found_and_the_desk_of_its_home_hears() throws Exception {
    at.event("demo-sos-001", "sos", "{}");
    Alert alert = at.onlyAlert();
    State state = at.engine.state();
    state.put(Home.empty(alert.home()));
    auditor = auditor(without(at.engine.alerts(), alert.id()));
    assertEquals(List.of(Finding.What.LOST), kinds(look(false), Finding.What.LOST));
    at.settle();
    Alert told = at.onlyAlertOf("gateway_trouble");
    assertEquals(alert.home(), told.home());
    Fact.TroubleSeen said =
        told.timeline().stream()
            .map(entry -> entry.fact())
            .filter(Fact.TroubleSeen.class::isInstance)
            .map(Fact.TroubleSeen.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals("FOUND_BY_AUDIT", said.what());
    assertTrue(said.detail().contains(alert.id().value()), said.detail());
    at.advance(Duration.ofMinutes(2));
    look(true);
    at.settle();
    assertEquals(
        1,
        at.find(told).orElseThrow().timeline().stream()
            .filter(entry -> entry.fact() instanceof Fact.TroubleSeen)
            .count(),
        "said again and again, it is one");
  }

  private static List<Finding.What> kinds(List<Finding.What> found, Finding.What what) {
    return found.stream().filter(what::equals).toList();
  }

  private static AlertBook without(AlertBook book, AlertId lost) {
    return new AlertBook() {
      @Override
      public Optional<Seen> find(AlertId id) {
        return id.equals(lost) ? Optional.empty() : book.find(id);
      }

      @Override
      public List<Seen> open() {
        return book.open().stream().filter(seen -> !seen.alert().id().equals(lost)).toList();
      }

      @Override
      public List<Seen> closed() {
        return book.closed();
      }

      @Override
      public Optional<String> note(AlertId alert, long number) {
        return book.note(alert, number);
      }

      @Override
      public AutoCloseable watch(Consumer<Seen> listener) {
        return book.watch(listener);
      }
    };
  }

  @Test
  void what_the_engine_shows_and_never_journalled_is_found() throws Exception {
    at.event("demo-sos-001", "sos", "{}");
    AlertBook real = at.engine.alerts();
    auditor =
        new Auditor(
            Baseline.NONE,
            handed,
            new Auditor.Tools(
                at.disk,
                EngineFixture.DATA.resolve("journal"),
                () -> 0,
                at.engine.time(),
                real,
                at.engine,
                meters));
    assertEquals(List.of(Finding.What.UNJOURNALLED), look(false));
  }

  @Test
  void a_ring_that_nobody_was_given_is_found_and_goes_out_again() throws Exception {
    at.engine.performWith((_, _) -> {});
    at.event("demo-sos-001", "sos", "{}");
    Alert alert = at.onlyAlert();
    at.advance(Duration.ofSeconds(35));
    assertTrue(look(true).contains(Finding.What.UNPERFORMED));
    at.engine.performWith((_, effects) -> {
      handed.note(effects);
      at.effects.addAll(effects);
    });
    at.settle();
    assertTrue(
        at.effects.stream().anyMatch(e -> e.delivery().to().toString().contains("demo-daughter")),
        "who was not given the ring is rung again: " + at.effects);
    at.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), look(true));
    assertTrue(at.find(alert).orElseThrow().isOpen());
  }

  @Test
  void an_alarm_that_was_swallowed_is_found_and_the_desk_hears() throws Exception {
    at.event("demo-sos-001", "sos", "{\"id\":\"good\"}");
    assertEquals(List.of(), look(true));
    BatchBuffer buffer = at.recovered.journal().newBatch();
    BatchCodec.begin(buffer.body());
    Stamp stamp = new Stamp(at.engine.state().last().number(), at.engine.time().wall());
    Input swallowed =
        new Input.EventReceived(EngineFixture.read("demo-sos-006", "sos", "{\"id\":\"gone\"}"));
    BatchCodec.write(buffer.body(), stamp, swallowed, null, null, List.of());
    at.recovered.journal().append(buffer, Importance.ALARM, stamp.now());
    assertEquals(List.of(Finding.What.SWALLOWED), look(true));
    at.settle();
    assertTrue(at.onlyAlertOf("gateway_trouble").timeline().toString().contains("demo-sos-006"));
    assertEquals(List.of(), look(true), "said, it is no finding any more");
  }

  @Test
  void a_resend_is_not_swallowed_also_after_a_restart_from_a_snapshot() throws Exception {
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    snapshot();
    begin(at.restarted());
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    assertEquals(List.of(), look(true));
  }

  private void snapshot() throws IOException {
    try (SnapshotUnderWay under = at.recovered.snapshots(at.engine).begin()) {
      boolean done = false;
      while (!done) {
        at.engine.step();
        done = under.proceed();
      }
    }
  }

  @Test
  void after_a_restart_of_any_length_it_is_quiet() throws Exception {
    EngineTest.story(at);
    look(true);
    snapshot();
    at.event("demo-sos-006", "sos", "{}");
    at.clock.advance(Duration.ofHours(20));
    begin(at.restarted());
    assertTrue(auditor.pass());
    at.settle();
    assertEquals(List.of(), look(true));
  }

  @Test
  void a_synced_batch_that_rots_is_found() throws Exception {
    at.event("demo-sos-001", "sos", "{}");
    at.event("demo-sos-006", "sos", "{}");
    var segment = EngineFixture.DATA.resolve("journal").resolve("0000000000000001.seg");
    at.disk.flipBit(segment, 8 * 200);
    assertEquals(List.of(Finding.What.JOURNAL_DAMAGED), look(true));
  }

  @Test
  void the_same_finding_again_changes_nothing_in_the_core() throws Exception {
    at.event("demo-sos-001", "sos", "{}");
    Alert alert = at.onlyAlert();
    at.offer(
        Lane.ALARM, new Input.FoundByAudit(alert.home(), alert.id(), null, "alert " + alert.id()));
    at.settle();
    assertEquals(alert, at.find(alert).orElseThrow(), "it has just rung");
    at.advance(Duration.ofSeconds(20));
    assertEquals(alert, at.find(alert).orElseThrow());
  }
}
