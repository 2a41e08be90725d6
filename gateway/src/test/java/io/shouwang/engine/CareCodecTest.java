package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Modes and contacts survive a restart: by the journal, and by a snapshot. */
class CareCodecTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final ResponderId OPERATOR = new ResponderId("op");
  private static final Mode AWAY =
      new Mode(Mode.Kind.AWAY, null, NOW, NOW.plusSeconds(3_600), OPERATOR);
  private static final CareContact VISIT =
      new CareContact(
          new ElderId("e-1"),
          CareContact.Means.VISIT,
          "grid",
          NOW,
          Set.of(new Role("grid_worker")),
          CareContact.WELL,
          -7);

  @Test
  void a_home_keeps_its_modes_and_contacts() {
    Stamp stamp = new Stamp(1, NOW);
    List<Fact> facts =
        List.of(
            new Fact.ModeBegan(AWAY),
            new Fact.ModeBegan(
                new Mode(Mode.Kind.TEST, new DeviceId("d"), NOW, NOW.plusSeconds(60), OPERATOR)),
            new Fact.ModeEnded(Mode.Kind.AWAY, null),
            new Fact.ContactNoted(VISIT, NOW));
    Home home = Home.empty(new HomeId("h"));
    for (Fact fact : Cbor.facts(Cbor.facts(facts))) {
      home = home.apply(fact, stamp);
    }
    assertEquals(home, Cbor.home(Cbor.home(home)));
    assertEquals(List.of(VISIT), home.contacts());
    assertEquals(NOW, home.modes().getFirst().endedAt(), "an absence is remembered");
    assertEquals(NOW.plusSeconds(60), home.deadline(), "the test's end; the absence is over");
  }

  @Test
  void what_was_said_is_journalled() {
    List<Input> inputs =
        List.of(
            new Input.ModeChanged(new HomeId("h"), null, Mode.Kind.DRILL, NOW, OPERATOR, "http"),
            new Input.ModeChanged(
                new HomeId("h"), new DeviceId("d"), Mode.Kind.TEST, null, OPERATOR, "http"),
            new Input.ContactRecorded(
                new ContactReport(
                    "v", new ElderId("e-1"), CareContact.Means.CALL, NOW, "well", "note"),
                OPERATOR,
                true,
                "mqtt"));
    inputs.forEach(input -> assertEquals(input, Cbor.input(Cbor.input(input))));
  }
}
