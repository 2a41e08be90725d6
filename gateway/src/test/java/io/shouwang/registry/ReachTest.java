package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.Directory.Way;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ways, quiet hours, schedules in contacts.csv, and the elder's own phone. */
final class ReachTest {
  private static final HomeId H1 = new HomeId("h1");
  private static final Set<ElderId> LIN = Set.of(new ElderId("e1"));

  private static Registry read(TestRegistry files) throws IOException {
    return TestRegistry.accepted(files.read());
  }

  @Test
  void ways_are_tried_in_their_order_and_who_has_none_is_reached_by_mqtt() throws IOException {
    Registry registry =
        read(
            new TestRegistry()
                .with(
                    "ways.csv",
                    """
                    responder,channel,address,after,verified
                    r1,mqtt,,,
                    r1,sms,138 0000 0000,40s,2026-01-31
                    r1,call,138 0000 0000,60s,
                    """));
    assertEquals(
        List.of(
            Way.MQTT,
            new Way("sms", "+8613800000000", Duration.ofSeconds(40), true),
            new Way("call", "+8613800000000", Duration.ofSeconds(60), false)),
        registry.ways(new ResponderId("r1")));
    assertEquals(List.of(Way.MQTT), registry.ways(new ResponderId("desk")));
  }

  @Test
  void an_elder_is_called_by_their_own_phone_if_there_is_a_way_for_elders() throws IOException {
    TestRegistry files =
        new TestRegistry()
            .with("elders.csv", "id,home,name,phone\ne1,h1,Lin,13900000001\ne2,h2,Chen,\n");
    Role elder = Role.ELDER;
    assertEquals(List.of(), read(files).contacts(H1, LIN, elder, Instant.EPOCH));
    Registry registry = read(files.with("ways.csv", "responder,channel,address\nelder,call,\n"));
    assertEquals(
        "e1", registry.contacts(H1, LIN, elder, Instant.EPOCH).getFirst().responder().value());
    assertEquals(
        List.of(new Way("call", "+8613900000001", Duration.ZERO, true)),
        registry.ways(new ResponderId("e1")));
    assertEquals(
        List.of(),
        registry.contacts(new HomeId("h2"), Set.of(new ElderId("e2")), elder, Instant.EPOCH),
        "without a phone nobody");
  }

  @Test
  void a_schedule_stands_for_whoever_is_on_call() throws IOException {
    Registry registry =
        read(
            new TestRegistry()
                .with(
                    "contacts.csv",
                    """
                    responder,role,relation,elder,home,area
                    @grid,grid_worker,,,,g
                    desk,duty_desk,,,,c
                    """)
                .with(
                    "schedules.csv",
                    "id,people,start,turn_days,handover\ngrid,r1 desk,2026-03-02,daily,08:00\n"));
    Role role = new Role("grid_worker");
    Instant first = Instant.parse("2026-03-02T00:00:00Z");
    assertEquals("r1", registry.contacts(H1, LIN, role, first).getFirst().responder().value());
    Instant second = first.plus(Duration.ofDays(1));
    assertEquals("desk", registry.contacts(H1, LIN, role, second).getFirst().responder().value());
    assertEquals(2, registry.contacts(H1, LIN, role).size(), "both answer for her");
    assertEquals(Set.of(role), registry.roles(H1, new ElderId("e1"), new ResponderId("r1")));
  }

  @Test
  void quiet_hours_are_read_in_the_persons_own_zone() throws IOException {
    Registry registry =
        read(
            new TestRegistry()
                .with(
                    "responders.csv",
                    """
                    id,name,phone,language,quiet,zone
                    r1,Mei,1,zh,22:00-07:00,Europe/Berlin
                    desk,Desk,2,zh,,
                    """));
    ResponderId mei = new ResponderId("r1");
    assertTrue(registry.isQuiet(mei, Instant.parse("2026-03-02T21:00:00Z")));
    assertTrue(registry.isQuiet(mei, Instant.parse("2026-03-02T05:59:00Z")));
    assertFalse(registry.isQuiet(mei, Instant.parse("2026-03-02T06:00:00Z")));
    assertFalse(registry.isQuiet(new ResponderId("desk"), Instant.parse("2026-03-02T21:00:00Z")));
  }

  @Test
  void each_mistake_is_named_with_its_place() throws IOException {
    RegistryReading reading =
        new TestRegistry()
            .with(
                "contacts.csv",
                """
                responder,role,relation,elder,home,area
                @night,grid_worker,,,,g
                desk,duty_desk,,,,c
                """)
            .with(
                "ways.csv",
                "responder,channel,address,after,verified\nnobody,sms,1,5d,yes\nr1,sms,12,1s,\n")
            .with(
                "schedules.csv",
                """
                id,people,start,turn_days,hours,weekdays
                day,r1 r7,soon,0,9-5,someday
                """)
            .with("exceptions.csv", "schedule,from,to,people\nday,2026-03-02T08:00,x,r1\n")
            .with("holidays.csv", "date,kind\n2026-10-01,feast\n")
            .read();
    RegistryReading.Refused refused = (RegistryReading.Refused) reading;
    List<String> lines = refused.problems().stream().map(Object::toString).toList();
    for (String part :
        List.of(
            "ways.csv:2", "ways.csv:3", "schedules.csv:2", "exceptions.csv:2", "holidays.csv:2")) {
      assertTrue(lines.stream().anyMatch(line -> line.contains(part)), part + " in " + lines);
    }
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.startsWith("contacts.csv:2") && line.contains("@night")),
        lines.toString());
  }
}
