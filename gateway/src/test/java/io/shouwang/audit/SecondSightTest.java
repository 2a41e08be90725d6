package io.shouwang.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.AlertBook;
import io.shouwang.engine.Baseline;
import io.shouwang.engine.ManualClock;
import io.shouwang.engine.Watchdog;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.Space;
import io.shouwang.model.AlertId;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.notify.webhook.WebhookSignature;
import io.shouwang.simulation.SimulatedDisk;
import io.shouwang.wording.Wording;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tells that the gateway is unwell, on a clock that is moved by hand. */
final class SecondSightTest {
  private static final String SECRET =
      "whsec_"
          + Base64.getEncoder()
              .encodeToString("twenty-four bytes or more".getBytes(StandardCharsets.UTF_8));

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-02T00:00:00Z"));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Notice> rung = new ArrayList<>();
  private final List<String> beats = new CopyOnWriteArrayList<>();
  private final WebhookSignature signature = WebhookSignature.of(SECRET).orElseThrow();
  private HttpServer receiver;
  private int status = 200;
  private Verdict verdict = new Verdict.Accepted("");
  private Watchdog.Pulse pulse = Watchdog.Pulse.TURNING;
  private boolean laneFull;
  private Space space = Space.AMPLE;
  private boolean walks = true;
  private Auditor auditor;
  private SyntheticAlarm synthetic;
  private SecondSight sight;

  @BeforeEach
  void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext("/", this::hear);
    receiver.start();
    auditor =
        new Auditor(
            Baseline.NONE,
            new Handed(),
            new Auditor.Tools(
                new SimulatedDisk(),
                Path.of("/data/journal"),
                () -> 0,
                clock,
                new Empty(),
                new Mute(),
                meters));
    synthetic =
        new SyntheticAlarm(
            () -> {
              if (!walks) {
                throw new IOException("it stopped where the responder is rung: time is up");
              }
              return Duration.ofMillis(12);
            },
            Duration.ofSeconds(60),
            clock,
            meters);
    Alarm alarm =
        new Alarm(
            List.of(new Alarm.Line("sms", new Recording(), "+8613800000000", Wording.EN)),
            "Guanyun",
            clock,
            Runnable::run,
            meters);
    sight =
        new SecondSight(
            new SecondSight.Looks(
                auditor, () -> pulse, () -> laneFull, () -> space, Optional.of(synthetic)),
            clock,
            alarm,
            new Heartbeat(
                List.of(target("/post", true), target("/get", false)),
                "Gu\"anyun",
                clock,
                Runnable::run,
                meters));
  }

  private Heartbeat.Target target(String path, boolean post) {
    URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + path);
    return new Heartbeat.Target(url, post, Duration.ofSeconds(60), post ? signature : null);
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  /** Checks the signature like anybody who knows Standard Webhooks. */
  private void hear(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean good =
        exchange.getRequestMethod().equals("GET")
            || signature.isGood(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                body,
                clock.wall());
    beats.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (good ? " " : " forged ")
            + new String(body, StandardCharsets.UTF_8));
    if (status == 302) {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void seconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      if (i % 5 == 0) {
        auditor.pass();
      }
      if (i % 60 == 59) {
        synthetic.press();
      }
      sight.look();
    }
  }

  private List<Finding.What> standing() {
    return sight.standing().stream().map(Finding::what).toList();
  }

  @Test
  void while_all_is_well_it_beats_each_period_and_rings_nobody() {
    seconds(125);
    assertEquals(List.of(), standing());
    assertEquals(6, beats.size(), beats.toString());
    assertEquals(
        "POST /post {\"type\":\"heartbeat\",\"site\":\"Gu\\\"anyun\",\"at\":\"2026-03-02T00:00:01Z\",\"every_s\":60}",
        beats.getFirst());
    assertEquals("GET /get ", beats.get(1));
    assertEquals(List.of(), rung);
    assertEquals(2, meters.get("shouwang.synthetic.press.to.ring").timer().count());
  }

  @Test
  void before_the_auditor_has_looked_nothing_goes_out() {
    clock.advance(Duration.ofSeconds(1));
    sight.look();
    assertEquals(List.of(), beats);
  }

  @Test
  void an_engine_that_stands_stops_the_heart_and_rings_past_it_until_it_turns() {
    seconds(10);
    beats.clear();
    pulse = Watchdog.Pulse.STALLED;
    seconds(4);
    assertEquals(List.of(), rung, "a stop of the whole process may be over at once");
    seconds(3);
    assertEquals(List.of(Finding.What.ENGINE_STALLED), standing());
    assertEquals(1, rung.size());
    Notice notice = rung.getFirst();
    assertEquals("+8613800000000", notice.address());
    assertTrue(notice.urgent());
    assertEquals("Shouwang Guanyun: self-check alarm", notice.title());
    assertTrue(notice.text().contains("the engine stands still"), notice.text());
    seconds(300);
    assertEquals(1, rung.size(), "said once");
    assertEquals(List.of(), beats, "and not a beat");
    seconds(310);
    assertEquals(2, rung.size(), "said again after ten minutes");
    pulse = Watchdog.Pulse.TURNING;
    seconds(61);
    assertEquals(3, rung.size());
    assertTrue(rung.getLast().title().contains("well again"));
    assertFalse(beats.isEmpty());
  }

  @Test
  void what_is_found_at_the_same_time_goes_into_one_message_and_the_next_waits_a_minute() {
    seconds(10);
    space = Space.EXHAUSTED;
    laneFull = true;
    seconds(20);
    assertEquals(1, rung.size());
    seconds(30);
    assertEquals(1, rung.size(), "the lane is full too, but it is no minute yet");
    assertEquals(List.of(Finding.What.LANE_FULL, Finding.What.DISK_FULL), standing());
    seconds(30);
    assertEquals(2, rung.size());
    assertTrue(rung.getLast().text().contains("(2)"), rung.getLast().text());
  }

  @Test
  void an_account_that_refuses_is_tried_again_and_in_the_end_given_up() {
    seconds(10);
    verdict = new Verdict.Refused(Failure.BUSY, "later");
    space = Space.EXHAUSTED;
    seconds(3);
    assertEquals(1, rung.size());
    verdict = new Verdict.Accepted("1");
    seconds(6);
    assertEquals(2, rung.size());
    assertEquals(rung.getFirst(), rung.getLast(), "the same under the same key");
    seconds(120);
    assertEquals(2, rung.size());
  }

  @Test
  void two_synthetic_alarms_that_miss_are_a_finding_and_one_is_none() {
    seconds(60);
    walks = false;
    seconds(60);
    assertEquals(List.of(), standing());
    beats.clear();
    seconds(61);
    assertEquals(List.of(Finding.What.SYNTHETIC_MISSED), standing());
    assertTrue(sight.standing().getFirst().detail().contains("the responder is rung"));
    seconds(120);
    assertTrue(beats.size() <= 2, "not a beat within a period: " + beats);
    walks = true;
    seconds(61);
    assertEquals(List.of(), standing());
  }

  @Test
  void a_synthetic_alarm_that_hangs_is_a_finding_too() {
    for (int i = 0; i < 190; i++) {
      clock.advance(Duration.ofSeconds(1));
      auditor.pass();
      sight.look();
    }
    assertEquals(List.of(Finding.What.SYNTHETIC_MISSED), standing());
  }

  @Test
  void a_machine_that_stood_still_for_an_hour_rings_nobody_and_beats_again_once_it_has_caught_up() {
    seconds(120);
    beats.clear();
    clock.advance(Duration.ofHours(1));
    seconds(60);
    assertEquals(List.of(), standing());
    assertEquals(List.of(), rung);
    assertEquals(List.of(), beats, "until it has caught up");
    seconds(60);
    assertEquals(List.of(), standing());
    assertFalse(beats.isEmpty());
  }

  @Test
  void an_auditor_that_does_not_get_through_is_a_finding() {
    seconds(10);
    for (int i = 0; i < 70; i++) {
      clock.advance(Duration.ofSeconds(1));
      sight.look();
    }
    assertEquals(List.of(Finding.What.AUDIT_BEHIND), standing());
  }

  @Test
  void a_receiver_that_redirects_or_fails_is_counted_and_tried_at_the_next_period() {
    status = 302;
    seconds(61);
    assertTrue(beats.stream().noneMatch(beat -> beat.contains("elsewhere")), beats.toString());
    assertEquals(
        4.0,
        meters
            .counter("shouwang.heartbeat.sent", "host", "127.0.0.1", "outcome", "refused")
            .count());
    status = 200;
    seconds(60);
    assertEquals(
        2.0,
        meters.counter("shouwang.heartbeat.sent", "host", "127.0.0.1", "outcome", "sent").count());
  }

  private final class Recording implements Provider {
    @Override
    public String name() {
      return "sms";
    }

    @Override
    public Audience audience() {
      return Audience.PERSON;
    }

    @Override
    public List<Quota> quotas() {
      return List.of();
    }

    @Override
    public Verdict submit(Notice notice) {
      rung.add(notice);
      return verdict;
    }

    @Override
    public void close() {}
  }

  private static final class Mute implements Intake {
    @Override
    public boolean offer(Submission submission) {
      return false;
    }

    @Override
    public void whenRoom(Lane lane, Runnable wake) {}
  }

  private static final class Empty implements AlertBook {
    @Override
    public Optional<Seen> find(AlertId id) {
      return Optional.empty();
    }

    @Override
    public List<Seen> open() {
      return List.of();
    }

    @Override
    public List<Seen> closed() {
      return List.of();
    }

    @Override
    public Optional<String> note(AlertId alert, long number) {
      return Optional.empty();
    }

    @Override
    public AutoCloseable watch(Consumer<Seen> listener) {
      return () -> {};
    }
  }
}
