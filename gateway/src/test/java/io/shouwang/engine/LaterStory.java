package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.intake.Lane;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CallPhase;
import io.shouwang.model.Input.CountyPulse;
import io.shouwang.model.Input.CountyStanding;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.model.Synthetic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway with channels, calls, counties, drills and an auditor takes in beside what {@link
 * EngineTest#story} tells: every input and fact that came with them.
 */
final class LaterStory {
  private static final HomeId LINS = new HomeId("h-001");
  private static final ResponderId OPERATOR = new ResponderId("demo-operator");
  private static final AlertId ITS = new AlertId("a0123456789");

  private final EngineFixture at;

  private LaterStory(EngineFixture at) {
    this.at = at;
  }

  static void tell(EngineFixture at) throws Exception {
    EngineTest.story(at);
    LaterStory story = new LaterStory(at);
    story.calls();
    story.counties();
    story.drillAndIncident();
    story.synthetic();
    story.outcomes();
    story.amended();
    story.audited();
    story.handled();
  }

  private void take(Input input) throws IOException {
    assertTrue(at.offer(Lane.ALARM, input));
    at.settle();
  }

  private static Input call(String id, CallPhase phase, HomeId home) {
    return new Input.CallReported(
        "hotline",
        id,
        phase,
        home,
        home.isStandIn() ? List.of() : List.of(home),
        home.isStandIn() ? null : new ElderId("e-001"),
        Duration.ofSeconds(20),
        phase == CallPhase.TAKEN ? new ResponderId("ext-8001") : null,
        home.isStandIn() ? null : "+8651385550101");
  }

  private void calls() throws IOException {
    take(call("c1", CallPhase.RINGING, LINS));
    at.advance(Duration.ofSeconds(5));
    take(call("c1", CallPhase.MISSED, LINS));
    at.advance(Duration.ofSeconds(31));
    take(call("c1", CallPhase.TAKEN, LINS));
    take(call("c2", CallPhase.RINGING, HomeId.GATEWAY));
  }

  private static Input forwarded(
      long number, CountyStanding standing, long reopened, @Nullable String person) {
    return new Input.AlertForwarded(
        new ResponderId("linjiang"),
        ITS,
        number,
        standing,
        new AreaId("x-linjiang"),
        Kind.SOS,
        Severity.CRITICAL,
        standing == CountyStanding.ACCEPTED ? new Role("relative") : null,
        standing == CountyStanding.CLOSED ? "false_alarm" : null,
        reopened,
        Duration.ofMinutes(15),
        person);
  }

  private void counties() throws IOException {
    take(forwarded(5, CountyStanding.RINGING, 0, null));
    at.advance(Duration.ofMinutes(1));
    take(forwarded(8, CountyStanding.CALLED, 0, "{\"home\":{\"address\":\"1 Road\"}}"));
    at.advance(Duration.ofSeconds(31));
    take(forwarded(11, CountyStanding.ACCEPTED, 0, null));
    take(forwarded(14, CountyStanding.CLOSED, 0, null));
    take(forwarded(17, CountyStanding.RINGING, 17, null));
    for (CountyPulse pulse : List.of(CountyPulse.SILENT, CountyPulse.WELL)) {
      take(new Input.CountyHeard(new ResponderId("linjiang"), new AreaId("x-linjiang"), pulse, 3));
    }
  }

  private void drillAndIncident() throws IOException {
    Instant end = at.clock.wall().plus(Duration.ofMinutes(30));
    take(new Input.ExerciseOrdered("drill-1", new HomeId("h-002"), Kind.SOS, OPERATOR, end, 20));
    at.advance(Duration.ofSeconds(61));
    take(
        new Input.IncidentNoticed(
            Input.Incident.OUTAGE,
            new AreaId("g-taohua-1"),
            "g-taohua-1",
            12,
            at.clock.wall(),
            List.of(LINS)));
  }

  private void synthetic() throws IOException {
    at.event(Synthetic.DEVICE.value(), "sos", "{\"id\":\"s1\"}");
    Alert alert = at.engine.alerts().synthetic().getFirst().alert();
    Reply done = new Reply("d1", alert.id(), Reply.Answer.DONE, null, "synthetic", null);
    take(new Input.ReplyReceived(done, Synthetic.RESPONDER, false, "mqtt"));
    at.event(Synthetic.DEVICE.value(), "sos", "{\"id\":\"s2\"}");
  }

  /** Each way a message can go, as long as there are messages. */
  private void outcomes() throws IOException {
    List<Outcome> outcomes =
        List.of(
            new Outcome.Sent("m-1"),
            new Outcome.Seen(),
            new Outcome.HeldBack("folded"),
            new Outcome.GaveUp("sms: blocked"),
            new Outcome.Expired(),
            new Outcome.Superseded());
    List<Delivery> underWay =
        at.engine.alerts().open().stream()
            .map(seen -> seen.alert())
            .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
            .flatMap(alert -> alert.deliveries().stream())
            .filter(Delivery::isUnderWay)
            .toList();
    assertTrue(underWay.size() >= outcomes.size());
    for (int i = 0; i < outcomes.size(); i++) {
      take(new Input.DeliveryReported(underWay.get(i).key(), outcomes.get(i)));
    }
  }

  private void amended() throws IOException {
    Alert press = at.onlyAlertOf("sos", LINS);
    Alert smoke = at.onlyAlertOf("smoke", LINS);
    take(new Input.AlertsMerged(press.id(), smoke.id(), "merge-1", OPERATOR, true, "http"));
    Reply done = new Reply("x1", press.id(), Reply.Answer.DONE, null, "real", "seen to");
    take(new Input.ReplyReceived(done, OPERATOR, true, "http"));
    at.advance(Duration.ofSeconds(10));
    take(new Input.AlertReopened(press.id(), "again-1", OPERATOR, true, "http", "it isn't over"));
    at.advance(Duration.ofSeconds(31));
  }

  private void audited() throws IOException {
    Alert press = at.onlyAlertOf("sos", LINS);
    at.advance(Duration.ofSeconds(29));
    take(new Input.FoundByAudit(LINS, press.id(), null, "alert " + press.id()));
    take(new Input.FoundByAudit(LINS, press.id(), press.deliveryCount(), "alert " + press.id()));
    take(new Input.FoundByAudit(new HomeId("h-003"), null, null, "sos of demo-sos-006, input 3"));
  }

  private void says(Alert alert, String id, Reply.Answer answer, ResponderId by)
      throws IOException {
    Reply reply = new Reply(id, alert.id(), answer, null, null, null);
    take(new Input.ReplyReceived(reply, by, true, "http"));
  }

  private void handsOver(Alert alert, String id, ResponderId by, ResponderId to)
      throws IOException {
    take(new Input.HandoverAsked(alert.id(), id, by, to, true, "http"));
  }

  /** What a dispatcher does beyond answering. */
  private void handled() throws IOException {
    ResponderId colleague = new ResponderId("wang-fang");
    at.event("demo-sos-004", "sos", "{\"id\":\"h1\"}");
    Alert press = at.onlyAlertOf("sos", new HomeId("h-003"));
    take(new Input.LadderHurried(press.id(), "hurry-1", OPERATOR, true, "http"));
    says(press, "h-a1", Reply.Answer.ACCEPT, OPERATOR);
    take(new Input.LadderHurried(press.id(), "hurry-2", OPERATOR, true, "http"));
    handsOver(press, "hand-1", OPERATOR, colleague);
    says(press, "h-d1", Reply.Answer.DECLINE, colleague);
    handsOver(press, "hand-2", OPERATOR, colleague);
    at.advance(Duration.ofSeconds(121)); // no answer
    handsOver(press, "hand-3", OPERATOR, colleague);
    says(press, "h-a2", Reply.Answer.ACCEPT, OPERATOR); // keeps it after all
    handsOver(press, "hand-4", OPERATOR, colleague);
    says(press, "h-a3", Reply.Answer.ACCEPT, colleague);
    Instant passedAt = at.clock.wall().minusSeconds(90);
    Reply done =
        new Reply(
            "h-x1", press.id(), Reply.Answer.DONE, null, "passed_120", "120 has it", passedAt);
    take(new Input.ReplyReceived(done, colleague, true, "http"));
    at.advance(Duration.ofSeconds(5));
    take(new Input.AlertReopened(press.id(), "undo-1", colleague, true, "http", null, true));
    at.event("demo-band-003", "fall", "{\"id\":\"h2\"}");
    Alert fall = at.onlyAlertOf("fall", new HomeId("h-003"));
    take(new Input.AlertsMerged(press.id(), fall.id(), "merge-2", OPERATOR, true, "http"));
    take(new Input.AlertReopened(fall.id(), "undo-2", OPERATOR, true, "http", null, true));
    handsOver(fall, "hand-5", OPERATOR, colleague); // and waits when the story ends
  }
}
