package io.shouwang.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CountyPulse;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Severity;
import io.shouwang.notify.provider.Http;
import io.shouwang.wording.District;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each side alone, against a peer that isn't ours. */
final class LevelsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Http http = new Http(Duration.ofSeconds(10), null);
  private final List<Input> inputs = new CopyOnWriteArrayList<>();
  private final Intake intake =
      new Intake() {
        @Override
        public boolean offer(Submission submission) {
          return inputs.add(submission.input());
        }

        @Override
        public void whenRoom(Lane lane, Runnable wake) {
          wake.run();
        }
      };
  private Peer peer;
  private boolean audit = true;

  @BeforeEach
  void open() throws Exception {
    peer = new Peer();
  }

  @AfterEach
  void close() {
    http.close();
    peer.close();
  }

  private Upward upward(CountyHome home) {
    LevelSettings.City standard = StandingsTest.city(LevelSettings.Persons.CALLED);
    return new Upward(
        StandingsTest.SELF,
        new LevelSettings.City(
            standard.id(),
            peer.url(),
            Signed.SIGNATURE,
            standard.every(),
            standard.heldFor(),
            false,
            standard.persons()),
        home,
        intake,
        () -> home.district,
        () -> audit,
        http,
        home.clock,
        Clock.SYSTEM,
        ZONE,
        meters);
  }

  private List<String> types() {
    return peer.events.stream().map(event -> event.get("type").asText()).toList();
  }

  private long count(String word) {
    return types().stream().filter(type -> type.contains(word)).count();
  }

  @Test
  void aCountySaysEachChangeAndAgainWhileItIsOpenAndAllOfItAtAStart() {
    CountyHome home = new CountyHome();
    try (Upward upward = upward(home)) {
      home.press();
      Peer.until(() -> count("ringing") == 1, "ringing");
      home.replies("desk", Reply.Answer.ACCEPT);
      Peer.until(() -> count("accepted") == 1, "accepted");
      assertEquals("/callbacks/levels.linjiang", peer.paths.getFirst());
      home.clock.pass(Duration.ofMinutes(4));
      upward.tick();
      assertEquals(1, count("accepted"), "not yet again");
      home.clock.pass(Duration.ofMinutes(2));
      upward.tick();
      Peer.until(() -> count("accepted") == 2, "said again");
    }
    peer.events.clear();
    try (Upward upward = upward(home)) {
      Peer.until(() -> count("accepted") == 1, "said anew at a start");
      home.replies("operator", Reply.Answer.DONE);
      Peer.until(() -> count("closed") == 1, "closed");
      assertEquals("a1".charAt(0), peer.events.getLast().get("subject").asText().charAt(0));
      assertTrue(upward.inbox() != null);
    }
    peer.events.clear();
    try (Upward _ = upward(home)) {
      Peer.until(() -> count("closed") == 1, "what was closed of late is said anew");
    }
  }

  @Test
  void exercisesAndMinorAlertsStayInTheCounty() {
    CountyHome home = new CountyHome();
    home.take(
        new Input.ModeChanged(
            District.HOME,
            new DeviceId("sos-1"),
            Mode.Kind.TEST,
            home.clock.wall().plus(Duration.ofHours(1)),
            new ResponderId("operator"),
            "http"));
    try (Upward _ = upward(home)) {
      home.press();
      assertTrue(home.alert().marks().exercise());
      home.says("smoke-1", "smoke", "{\"state\":\"fault\"}");
      home.says("smoke-1", "smoke", "{\"state\":\"alarm\"}");
      Peer.until(() -> peer.events.size() >= 1, "the smoke");
      assertEquals(
          List.of("smoke"),
          peer.events.stream().map(e -> e.get("data").get("kind").asText()).distinct().toList());
    }
  }

  @Test
  void aCallStaysInTheCountyUntilNobodyTookItThere() {
    CountyHome home = new CountyHome();
    try (Upward _ = upward(home)) {
      home.take(call("c1", Input.CallPhase.RINGING));
      home.take(call("c1", Input.CallPhase.TAKEN));
      home.take(call("c2", Input.CallPhase.RINGING));
      home.passes(Duration.ofSeconds(20));
      Peer.until(() -> count("ringing") >= 1, "the desk's turn");
      home.take(call("c2", Input.CallPhase.TAKEN));
      Peer.until(() -> count("closed") >= 1, "its end");
    }
    assertEquals(
        Set.of(home.alert().id().value()),
        peer.events.stream()
            .map(event -> event.get("subject").asText())
            .collect(Collectors.toSet()));
  }

  private static Input call(String id, Input.CallPhase phase) {
    return new Input.CallReported(
        "hotline",
        id,
        phase,
        District.HOME,
        List.of(District.HOME),
        null,
        Duration.ofSeconds(20),
        phase == Input.CallPhase.TAKEN ? new ResponderId("ext-8001") : null,
        null);
  }

  @Test
  void aHeartbeatSaysHowTheAuditGoes() {
    CountyHome home = new CountyHome();
    home.press();
    peer.status = good -> good;
    try (Upward upward = upward(home)) {
      upward.tick();
      audit = false;
      upward.tick();
      assertEquals(1, count("heartbeat"), "every half minute");
      home.clock.pass(Duration.ofSeconds(30));
      upward.tick();
      assertEquals(2, count("heartbeat"));
      List<String> audits =
          peer.events.stream()
              .filter(event -> event.get("type").asText().equals(Upward.HEARTBEAT))
              .map(event -> event.get("data").get("audit").asText() + event.get("data").get("open"))
              .toList();
      assertEquals(List.of("passes1", "fails1"), audits);
    }
  }

  private final Signed.Stopped clock = new Signed.Stopped();

  private Downward downward(CountyHome book) {
    return new Downward(
        new ResponderId("yunjin"),
        new LevelSettings.County(StandingsTest.SELF, District.EAST, peer.url(), Signed.SIGNATURE),
        Duration.ofSeconds(90),
        book,
        intake,
        () -> book.district,
        http,
        clock,
        clock,
        meters);
  }

  private int beats(Downward downward, int second, String audit) {
    String beat =
        """
        {"specversion":"1.0","id":"b%d","source":"urn:shouwang:gateway:linjiang",
         "type":"io.shouwang.heartbeat.v1","time":"2026-03-02T09:00:%02dZ",
         "data":{"open":4,"audit":"%s"}}
        """
            .formatted(second, second, audit);
    return downward
        .inbox()
        .called(Signed.request(Signed.SIGNATURE, clock.wall(), CloudEvent.ONE, beat))
        .toCompletableFuture()
        .join()
        .status();
  }

  private void ticks(Downward downward, int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.pass(Duration.ofSeconds(1));
      downward.tick();
    }
  }

  private List<CountyPulse> heard() {
    return inputs.stream().map(input -> ((Input.CountyHeard) input).pulse()).toList();
  }

  @Test
  void aCountyThatIsSilentForAWholeWindowIsSaidOnce() {
    try (Downward downward = downward(new CountyHome())) {
      ticks(downward, 89);
      assertEquals(List.of(), heard(), "a city that was down gives it one full window");
      assertEquals(202, beats(downward, 1, "passes"));
      ticks(downward, 60);
      assertEquals(List.of(CountyPulse.WELL), heard());
      assertEquals(400, beats(downward, 1, "passes"), "somebody plays it back");
      ticks(downward, 200);
      assertEquals(List.of(CountyPulse.WELL, CountyPulse.SILENT), heard());
      assertEquals(202, beats(downward, 2, "fails"));
      ticks(downward, 1);
      assertEquals(202, beats(downward, 3, "passes"));
      ticks(downward, 1);
      assertEquals(
          List.of(CountyPulse.WELL, CountyPulse.SILENT, CountyPulse.UNWELL, CountyPulse.WELL),
          heard());
    }
  }

  @Test
  void aCountyThatNeverComesIsSaidTooAndOurOwnStandstillIsNotItsSilence() {
    try (Downward downward = downward(new CountyHome())) {
      clock.pass(Duration.ofMinutes(10));
      downward.tick();
      assertEquals(List.of(), heard(), "it was us who stood still");
      ticks(downward, 91);
      assertEquals(List.of(CountyPulse.SILENT), heard());
    }
  }

  @Test
  void theCountyHearsWhatTheCityDoes() {
    Input.AlertForwarded called =
        new Input.AlertForwarded(
            StandingsTest.SELF,
            new AlertId("a77"),
            5,
            Input.CountyStanding.CALLED,
            District.EAST,
            Kind.SOS,
            Severity.CRITICAL,
            null,
            null,
            0,
            Duration.ofMinutes(15),
            null);
    CountyHome book = new CountyHome(HomeId.ofCounty(District.EAST, new AlertId("a77")));
    try (Downward _ = downward(book)) {
      clock.pass(Duration.between(clock.wall(), Clock.SYSTEM.wall())); // the peer's is a real one
      book.take(called);
      book.replies("desk", Reply.Answer.ACCEPT);
      Peer.until(() -> peer.events.size() == 1, "accept");
      book.replies("operator", Reply.Answer.DONE);
      Peer.until(() -> peer.events.size() == 2, "done");
      assertEquals("a77", peer.events.getFirst().get("subject").asText());
      assertEquals("accept", peer.events.getFirst().get("data").get("reply").asText());
      assertEquals("desk", peer.events.getFirst().get("data").get("by").asText());
      assertEquals("real", peer.events.getLast().get("data").get("disposition").asText());
      assertEquals("a note", peer.events.getLast().get("data").get("note").asText());
      book.take(
          new Input.AlertReopened(
              book.alert().id(), null, new ResponderId("operator"), true, "http", null));
      Peer.until(() -> peer.events.size() == 3, "reopened");
      assertEquals(Doings.REOPENED, peer.events.getLast().get("type").asText());
    }
  }
}
