package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Counties;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Silence;
import io.shouwang.alerts.World;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CountyPulse;
import io.shouwang.model.Input.CountyStanding;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A county's alert as the city sees it: the county's, then everybody's, then over. */
final class CountyStoryTest {
  private static final ResponderId COUNTY = new ResponderId("linjiang");
  private static final AreaId AREA = new AreaId("x-linjiang");
  private static final AlertId ITS = new AlertId("a0123456789");
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final World world = Village.inPeace().world();
  private Home home = Home.empty(HomeId.ofCounty(AREA, ITS));
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private long number;
  private List<Fact> facts = List.of();

  private Answer decide(Input input) {
    number++;
    Decision decision = Core.decide(world, home, input, new Stamp(number, now));
    home = decision.home();
    facts = decision.facts();
    for (Alert alert : home.alerts()) {
      assertEquals("", Silence.check(alert, now, Duration.ZERO).orElse(""), "P2 after " + facts);
    }
    return decision.answer();
  }

  private Answer said(long its, CountyStanding standing) {
    return said(its, standing, 0);
  }

  private Answer said(long its, CountyStanding standing, long reopened) {
    return decide(forwarded(its, standing, reopened, null));
  }

  private static Input.AlertForwarded forwarded(
      long its, CountyStanding standing, long reopened, @Nullable String person) {
    return new Input.AlertForwarded(
        COUNTY,
        ITS,
        its,
        standing,
        AREA,
        Kind.SOS,
        Severity.CRITICAL,
        standing == CountyStanding.ACCEPTED ? new Role("relative") : null,
        standing == CountyStanding.CLOSED ? "false_alarm" : null,
        reopened,
        LEASE,
        person);
  }

  private Alert alert() {
    assertEquals(1, home.alerts().size());
    return home.alerts().getFirst();
  }

  private List<String> rung() {
    List<String> rung = new ArrayList<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.DeliveryStarted started
          && started.to() instanceof Delivery.ToResponder to) {
        rung.add(to.responder() + " " + started.cause());
      }
    }
    return rung;
  }

  private void later(Duration time) {
    now = now.plus(time);
    decide(new Input.TimePassed(home.id()));
  }

  @Test
  void itRingsNobodyWhileTheCountyHasItAndSaysSoInTime() {
    said(5, CountyStanding.RINGING);
    assertEquals(List.of(), rung());
    assertEquals(Alert.State.ACCEPTED, alert().state());
    assertEquals(Counties.ROLE, alert().holds().getFirst().role());
    for (int i = 0; i < 10; i++) {
      later(LEASE.dividedBy(2));
      assertEquals(List.of(), rung());
      assertInstanceOf(Answer.Taken.class, said(5, CountyStanding.RINGING), "renewed");
    }
  }

  @Test
  void whatTheCountyDoesNotSayAgainRingsHere() {
    said(5, CountyStanding.ACCEPTED);
    later(LEASE);
    assertEquals(List.of("city-desk DESK"), rung());
    assertEquals(Alert.State.RINGING, alert().state());
    said(5, CountyStanding.ACCEPTED);
    assertEquals(Alert.State.ACCEPTED, alert().state(), "it is back, and has it in hand");
  }

  @Test
  void theCallRingsAtOnceAndSomebodyInTheCountyQuietsIt() {
    said(5, CountyStanding.RINGING);
    said(8, CountyStanding.CALLED);
    assertEquals(List.of("city-desk DESK"), rung());
    said(9, CountyStanding.CALLED);
    assertEquals(List.of(), rung(), "the same call again rings no sooner than the desk's own turn");
    said(11, CountyStanding.ACCEPTED);
    assertEquals(List.of("city-desk COMING"), rung());
    assertEquals(Alert.State.ACCEPTED, alert().state());
    said(12, CountyStanding.CLOSED);
    assertEquals(List.of("city-desk ENDED"), rung());
    assertEquals("false_alarm", Objects.requireNonNull(alert().closing()).disposition());
  }

  @Test
  void aCallThatIsTheFirstWordRings() {
    said(8, CountyStanding.CALLED);
    assertEquals(List.of("city-desk DESK"), rung());
  }

  @Test
  void whatIsOlderChangesNothingAndAResendLeavesNoTrace() {
    said(8, CountyStanding.CALLED);
    assertInstanceOf(Answer.Repeated.class, said(5, CountyStanding.RINGING));
    assertEquals(List.of(), facts);
    said(9, CountyStanding.RINGING);
    assertInstanceOf(Answer.Repeated.class, said(9, CountyStanding.RINGING));
    assertEquals(List.of(), facts);
    said(10, CountyStanding.CLOSED);
    assertInstanceOf(Answer.Repeated.class, said(10, CountyStanding.CLOSED));
  }

  @Test
  void whatTheCityClosedStaysClosedUntilTheCountyOpensItAgain() {
    said(8, CountyStanding.CALLED);
    Reply done = new Reply("r", alert().id(), Reply.Answer.DONE, null, "real", "note");
    decide(new Input.ReplyReceived(done, new ResponderId("op"), true, "http"));
    assertFalse(alert().isOpen());
    said(9, CountyStanding.CALLED);
    assertFalse(alert().isOpen(), "the county has not heard of it yet");
    said(10, CountyStanding.CLOSED);
    said(11, CountyStanding.RINGING, 11);
    assertTrue(alert().isOpen());
    assertEquals(List.of(), rung(), "the county's to ring");
  }

  @Test
  void whatWasForgottenAndComesUpAgainIsAnotherAlert() {
    said(8, CountyStanding.CALLED);
    AlertId first = alert().id();
    said(9, CountyStanding.CLOSED);
    home = Home.empty(home.id());
    now = now.plusSeconds(60);
    said(12, CountyStanding.CALLED, 11);
    assertEquals(List.of("city-desk DESK"), rung());
    assertFalse(alert().id().equals(first), "else its ring would bear the key of one acknowledged");
  }

  @Test
  void theCitysDeskTakesItOverBesideTheCounty() {
    said(5, CountyStanding.RINGING);
    Reply accept = new Reply("r", alert().id(), Reply.Answer.ACCEPT, 10, null, null);
    decide(new Input.ReplyReceived(accept, new ResponderId("city-desk"), false, "mqtt"));
    assertEquals(2, alert().holds().size());
    said(6, CountyStanding.CALLED);
    assertEquals(List.of(), rung(), "somebody here has it");
    later(Duration.ofMinutes(20));
    assertEquals(List.of("city-desk LAPSED", "city-desk DESK"), rung(), "it did not come");
  }

  @Test
  void aPersonIsKeptApartAndThatItWasSaidIsAFact() {
    said(5, CountyStanding.RINGING);
    assertFalse(Counties.latest(alert()).orElseThrow().withPerson());
    decide(forwarded(6, CountyStanding.CALLED, 0, "{\"elder\":{\"name\":\"secret\"}}"));
    assertTrue(Counties.latest(alert()).orElseThrow().withPerson());
    assertFalse(facts.toString().contains("secret"), "facts hold no names");
  }

  @Test
  void aSilentCountyRingsOnceAndAPersonCloses() {
    home = Home.empty(HomeId.ofArea(AREA));
    decide(heard(CountyPulse.WELL));
    assertEquals(List.of(), facts, "nothing was wrong");
    decide(heard(CountyPulse.SILENT));
    assertEquals(List.of("city-desk DESK"), rung());
    assertEquals(Counties.TROUBLE, alert().kind());
    assertInstanceOf(Answer.Repeated.class, decide(heard(CountyPulse.SILENT)));
    now = now.plusSeconds(31);
    decide(heard(CountyPulse.WELL));
    assertEquals(List.of(), rung());
    assertTrue(alert().isOpen());
    decide(heard(CountyPulse.UNWELL));
    assertEquals(List.of("city-desk DESK"), rung(), "its own check fails: news");
  }

  private static Input.CountyHeard heard(CountyPulse pulse) {
    return new Input.CountyHeard(COUNTY, AREA, pulse, 3);
  }

  @Test
  void theHomesOfACountyAreBoundedAndKnowTheirArea() {
    HomeId id = HomeId.ofCounty(AREA, ITS);
    assertEquals(AREA, id.area());
    assertTrue(id.isStandIn());
    assertTrue(id.isOfCounty());
    long homes =
        IntStream.range(0, 100_000)
            .mapToObj(i -> HomeId.ofCounty(AREA, new AlertId("a" + i)))
            .distinct()
            .count();
    assertTrue(homes <= 1_024 && homes > 900, homes + " homes");
    assertFalse(HomeId.ofArea(AREA).isOfCounty());
  }

  @Test
  void ourOwnTroubleWithACountysAlertRingsTheDeskAndNoGateway() {
    decide(
        new Input.AlertForwarded(
            COUNTY,
            ITS,
            5,
            CountyStanding.RINGING,
            AREA,
            Core.TROUBLE,
            Severity.CRITICAL,
            null,
            null,
            0,
            LEASE,
            null));
    decide(new Input.TroubleNoticed(Input.Trouble.UNDECIDED, "Broken"));
    assertEquals(List.of("city-desk DESK"), rung());
  }

  @Test
  void twoAlertsOfACountyAreMergedThereAndNotHere() {
    said(5, CountyStanding.RINGING);
    AlertId second =
        IntStream.range(0, 100_000)
            .mapToObj(i -> new AlertId("b" + i))
            .filter(its -> HomeId.ofCounty(AREA, its).equals(home.id()))
            .findFirst()
            .orElseThrow();
    decide(
        new Input.AlertForwarded(
            COUNTY,
            second,
            7,
            CountyStanding.RINGING,
            AREA,
            Kind.SOS,
            Severity.CRITICAL,
            null,
            null,
            0,
            LEASE,
            null));
    AlertId into = home.alerts().getFirst().id();
    AlertId from = home.alerts().getLast().id();
    assertInstanceOf(
        Answer.Refused.class,
        decide(
            new Input.AlertsMerged(into, from, null, new ResponderId("operator"), true, "http")));
    decide(
        new Input.AlertForwarded(
            COUNTY,
            second,
            9,
            CountyStanding.CALLED,
            AREA,
            Kind.SOS,
            Severity.CRITICAL,
            null,
            null,
            0,
            LEASE,
            null));
    assertEquals(List.of("city-desk DESK"), rung(), "the county's call is heard");
  }
}
