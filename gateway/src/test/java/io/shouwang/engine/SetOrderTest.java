package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Fact;
import io.shouwang.model.AlertId;
import io.shouwang.model.CareContact;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Kind;
import io.shouwang.model.Role;
import io.shouwang.rules.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same facts give the same bytes in every process: a set's order is chance (P7). */
final class SetOrderTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

  private static Set<Evidence.Mark> marks(boolean backwards) {
    List<Evidence.Mark> all = new ArrayList<>(List.of(Evidence.Mark.values()));
    if (backwards) {
      Collections.reverse(all);
    }
    return new LinkedHashSet<>(all);
  }

  private static List<Fact> facts(boolean backwards) {
    Evidence evidence =
        new Evidence(
            new EventKey(1, 2),
            new DeviceId("d"),
            null,
            Kind.SOS,
            Evidence.What.PRESS,
            "",
            null,
            null,
            NOW,
            marks(backwards),
            null);
    return List.of(new Fact.EvidenceAdded(new AlertId("a1"), evidence));
  }

  @Test
  void the_order_of_a_set_does_not_show_in_what_is_journalled() {
    assertEquals(facts(false), facts(true));
    assertArrayEquals(Cbor.facts(facts(false)), Cbor.facts(facts(true)));
    assertEquals(facts(true), Cbor.facts(Cbor.facts(facts(true))));
  }

  @Test
  void a_set_of_words_comes_back() {
    CareContact contact =
        new CareContact(
            new ElderId("e"),
            CareContact.Means.VISIT,
            "daughter",
            NOW,
            Set.of(new Role("relative"), new Role("neighbour"), Role.DUTY_DESK),
            CareContact.WELL,
            7);
    List<Fact> facts = List.of(new Fact.ContactNoted(contact, NOW));
    assertEquals(facts, Cbor.facts(Cbor.facts(facts)));
  }
}
