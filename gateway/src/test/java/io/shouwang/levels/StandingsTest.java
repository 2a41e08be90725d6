package io.shouwang.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.levels.LevelSettings.Persons;
import io.shouwang.model.AreaId;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CountyStanding;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.District;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the county writes is what the city reads, and nothing of a person before the city must. */
final class StandingsTest {
  static final ResponderId SELF = new ResponderId("linjiang");
  static final LevelSettings.County COUNTY =
      new LevelSettings.County(
          SELF, District.EAST, URI.create("http://127.0.0.1:1"), Signed.SIGNATURE);

  static LevelSettings.City city(Persons persons) {
    return new LevelSettings.City(
        new ResponderId("yunjin"),
        URI.create("http://127.0.0.1:1"),
        Signed.SIGNATURE,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        false,
        persons);
  }

  private final CountyHome home = new CountyHome();

  private CloudEvent written(Persons persons) {
    return Standings.write(
        SELF,
        city(persons),
        home.seen(),
        home.district,
        home.clock.wall(),
        ZoneId.of("Asia/Shanghai"));
  }

  private Input.AlertForwarded read(CloudEvent event) throws Exception {
    byte[] wire = event.written();
    CloudEvent back = CloudEvent.read(CloudEvent.ONE, wire).getFirst();
    return Standings.read(COUNTY, back, home.district);
  }

  @Test
  void anAlertGoesThroughItsStandings() throws Exception {
    home.press();
    Input.AlertForwarded ringing = read(written(Persons.CALLED));
    assertEquals(CountyStanding.RINGING, ringing.standing());
    assertEquals(home.alert().id(), ringing.its());
    assertEquals(District.EAST, ringing.area());
    assertEquals(Duration.ofMinutes(15), ringing.heldFor());
    assertNull(ringing.person());
    String wire = new String(written(Persons.CALLED).written(), StandardCharsets.UTF_8);
    assertFalse(wire.contains("王秀英") || wire.contains("幸福里"), wire);

    home.replies("daughter", Reply.Answer.ACCEPT);
    Input.AlertForwarded accepted = read(written(Persons.CALLED));
    assertEquals(CountyStanding.ACCEPTED, accepted.standing());
    assertEquals(District.RELATIVE, accepted.by());
    assertTrue(accepted.number() > ringing.number());

    home.replies("operator", Reply.Answer.DONE);
    Input.AlertForwarded closed = read(written(Persons.ALWAYS));
    assertEquals(CountyStanding.CLOSED, closed.standing());
    assertEquals("real", closed.disposition());
    assertNull(closed.person(), "nobody need come any more");
  }

  @Test
  void theCityIsCalledOnceEveryDeskHadItsTime() throws Exception {
    home.press().passes(Duration.ofSeconds(170));
    assertEquals(CountyStanding.RINGING, read(written(Persons.CALLED)).standing());
    home.passes(Duration.ofSeconds(15));
    Input.AlertForwarded called = read(written(Persons.CALLED));
    assertEquals(CountyStanding.CALLED, called.standing());
    assertTrue(called.person() != null && called.person().contains("王秀英"));

    // Somebody takes it and gives it back: the desks have their time again.
    home.replies("daughter", Reply.Answer.ACCEPT).replies("daughter", Reply.Answer.DECLINE);
    assertEquals(CountyStanding.RINGING, read(written(Persons.CALLED)).standing());
  }

  @Test
  void theCityIsCalledWhenTheDeskDeclines() throws Exception {
    home.press().replies("desk", Reply.Answer.DECLINE);
    assertEquals(CountyStanding.CALLED, read(written(Persons.CALLED)).standing());
  }

  @Test
  void aCityThatTookItOverHearsWhoItIs() throws Exception {
    home.press();
    Reply accept = new Reply("c1", home.alert().id(), Reply.Answer.ACCEPT, null, null, null);
    home.take(
        new Input.ReplyReceived(accept, new ResponderId("yunjin-desk"), true, Doings.CHANNEL));
    Input.AlertForwarded said = read(written(Persons.CALLED));
    assertEquals(CountyStanding.ACCEPTED, said.standing());
    assertNotNull(said.person());
  }

  @Test
  void whatTheOfficeSaysMayBeSaidFromTheFirst() throws Exception {
    home.press();
    assertNotNull(read(written(Persons.ALWAYS)).person());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          area        | west       | area is not of this county
          standing    | away       | standing is no word that we know
          standing    | called     | type and standing differ
          severity    | terrible   | severity is no word that we know
          kind        | a b        | kind must be 1 to 64 of A-Z a-z 0-9 _ -
          by_role     | <b>        | by_role must be 1 to 64 of A-Z a-z 0-9 _ -
          disposition | ../../etc  | disposition must be 1 to 64 of A-Z a-z 0-9 _ -
          """)
  void whatIsNotOfAnAlertIsRefused(String name, String value, String why) {
    home.press();
    CloudEvent event = written(Persons.CALLED);
    ((ObjectNode) event.data()).put(name, value);
    CloudEvent.Unreadable refused = assertThrows(CloudEvent.Unreadable.class, () -> read(event));
    assertEquals(why, refused.what());
  }

  @Test
  void anAreaThatOurRegistryDoesNotKnowIsTheCountys() throws Exception {
    home.press();
    CloudEvent event = written(Persons.CALLED);
    ((ObjectNode) event.data()).put("area", "g-unknown");
    assertEquals(new AreaId("east"), read(event).area());
    ((ObjectNode) event.data()).put("held_for_s", Long.MAX_VALUE);
    assertEquals(Duration.ofHours(2), read(event).heldFor(), "no lease is for ever");
    ((ObjectNode) event.data()).put("number", -1);
    assertThrows(CloudEvent.Unreadable.class, () -> read(event));
    ((ObjectNode) event.data()).put("number", 7);
    ((ObjectNode) event.data()).putObject("person").put("name", "x".repeat(4_100));
    assertThrows(CloudEvent.Unreadable.class, () -> read(event));
  }
}
