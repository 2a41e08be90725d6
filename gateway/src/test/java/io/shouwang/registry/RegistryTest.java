package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.simulation.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who lives where and who answers for them, as the core asks it. */
class RegistryTest {
  private static final HomeId H1 = new HomeId("h1");
  private static final Role RELATIVE = new Role("relative");
  private static final Role GRID_WORKER = new Role("grid_worker");

  @Test
  void contactsOfTheElderAndOfTheHomeComeBeforeThoseOfTheArea() {
    Registry registry =
        withContacts(
            """
            r3,relative,aunt,,,g
            r2,relative,son,,h1,
            r1,relative,daughter,e1,,
            desk,duty_desk,,,,c
            """);
    assertEquals(List.of("r2", "r1"), ids(registry.contacts(H1, elders("e1"), RELATIVE)));
    assertEquals(List.of("r2"), ids(registry.contacts(H1, Set.of(), RELATIVE)));
    assertEquals(List.of("r3"), ids(registry.contacts(new HomeId("h2"), elders("e2"), RELATIVE)));
  }

  @Test
  void theNearestAreaThatNamesAnyAnswers() {
    Registry registry =
        withContacts("r2,grid_worker,,,,c\nr1,grid_worker,,,,g\ndesk,duty_desk,,,,c\n");
    assertEquals(List.of("r1"), ids(registry.contacts(H1, elders("e1"), GRID_WORKER)));
    Registry above = withContacts("r2,grid_worker,,,,c\ndesk,duty_desk,,,,c\n");
    assertEquals(List.of("r2"), ids(above.contacts(H1, elders("e1"), GRID_WORKER)));
  }

  @Test
  void aResponderIsRungOnceHoweverOftenNamed() {
    Registry registry =
        withContacts(
            """
            r1,relative,son,e1,,
            r1,relative,son-in-law,e2,,
            r1,relative,,,h1,
            desk,duty_desk,,,,c
            """);
    assertEquals(
        List.of(new Contact(new ResponderId("r1"), RELATIVE, "son")),
        registry.contacts(H1, elders("e1", "e2"), RELATIVE));
  }

  @Test
  void aRelationLeftOutIsTheRole() {
    Registry registry = withContacts("r1,grid_worker,,,,g\ndesk,duty_desk,,,,c\n");
    assertEquals("grid_worker", registry.contacts(H1, Set.of(), GRID_WORKER).getFirst().relation());
  }

  @Test
  void desksOverflowUpwards() {
    Registry registry = withContacts("desk,duty_desk,,,,c\nr1,duty_desk,,,,g\nr2,duty_desk,,,,g\n");
    assertEquals(
        List.of(List.of("r1", "r2"), List.of("desk")),
        registry.desks(H1).stream().map(RegistryTest::ids).toList());
  }

  @Test
  void anUnregisteredHomeRingsTheTopmostDesks() {
    Registry registry = withContacts("r1,duty_desk,,,,g\n");
    HomeId standIn = HomeId.standIn(new DeviceId("stranger"));
    assertEquals(
        List.of(List.of("r1")), registry.desks(standIn).stream().map(RegistryTest::ids).toList());
    Registry both = withContacts("r1,duty_desk,,,,g\ndesk,duty_desk,,,,c\n");
    assertEquals(
        List.of(List.of("desk")), both.desks(standIn).stream().map(RegistryTest::ids).toList());
  }

  @Test
  void aDeviceStandsWhereItsElderOrItsHubStands() {
    Registry registry =
        new TestRegistry()
            .with(
                "devices.csv",
                """
                id,type,home,elder,hub,model
                d1,button,,e2,,K-7
                outer,hub,h1,,,
                inner,hub,,,outer,
                d2,smoke,,,inner,
                d3,smoke,h2,,inner,
                spare,button,,,,
                """)
            .registry();
    Map<String, String> homes = new HashMap<>();
    for (String id : List.of("d1", "inner", "d2", "d3", "spare")) {
      var placement = registry.placement(new DeviceId(id));
      assertNotNull(placement);
      homes.put(id, String.valueOf(placement.home()));
    }
    assertEquals(Map.of("d1", "h2", "inner", "h1", "d2", "h1", "d3", "h2", "spare", "null"), homes);
    var first = registry.placement(new DeviceId("d1"));
    assertNotNull(first);
    assertEquals("K-7", first.model());
    List<String> homeless = new ArrayList<>();
    registry.eachHomelessDevice(device -> homeless.add(device.value()));
    assertEquals(List.of("spare"), homeless);
    assertEquals(
        List.of(new DeviceId("outer"), new DeviceId("inner"), new DeviceId("d2")),
        registry.devicesOf(H1));
  }

  @Test
  void whoIsNotRegisteredIsNull() {
    Registry registry = new TestRegistry().registry();
    assertNull(registry.placement(new DeviceId("h1")));
    assertNull(registry.home(new HomeId("d1")));
    assertNull(registry.elder(new ElderId("r1")));
    assertNull(registry.responder(new ResponderId("d1")));
    assertNull(registry.operator("r1"));
    assertEquals(List.of(), registry.areaPath(new AreaId("h1")));
    assertEquals(List.of(), registry.devicesOf(new HomeId("h9")));
    assertFalse(registry.isIn(new HomeId("h9"), new AreaId("c")));
    assertFalse(registry.isIn(H1, new AreaId("x")));
    assertTrue(registry.isIn(H1, new AreaId("c")));
  }

  @Test
  void elderAndHomeAreGivenWhole() {
    Registry registry =
        new TestRegistry()
            .with(
                "elders.csv",
                """
                id,home,name,birth_year,phone,category,ability,notes
                e1,h1,林秀英,1941,+86 100,living_alone,mostly_able,"左膝, 不便"
                """)
            .with("devices.csv", "id,type\n")
            .registry();
    var elder = registry.elder(new ElderId("e1"));
    assertNotNull(elder);
    assertEquals(1941, elder.birthYear());
    assertEquals("左膝, 不便", elder.notes());
    assertEquals("+86 100", elder.phone());
    assertEquals(Set.of("living_alone"), elder.categories());
    assertEquals("mostly_able", elder.ability());
  }

  @Test
  void everyRowOfALargeTableIsFoundAgain() {
    Random random = Seed.of("RegistryTest").random();
    RowTable table = new RowTable(2);
    Map<String, String> rows = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String id = Integer.toString(random.nextInt(40_000), 36);
      String text = "桃".repeat(random.nextInt(100)) + i;
      boolean added = table.add(id, text) >= 0;
      assertEquals(!rows.containsKey(id), added, id);
      rows.putIfAbsent(id, text);
    }
    table.trim();
    rows.forEach((id, text) -> assertEquals(text, table.text(table.find(id), 1), id));
    assertEquals(-1, table.find("桃"));
    assertEquals(rows.size(), table.rows());
  }

  private static Registry withContacts(String rows) {
    return new TestRegistry()
        .with("responders.csv", "id,name\nr1,Mei\nr2,Wu\nr3,Lu\ndesk,Desk\n")
        .with("contacts.csv", "responder,role,relation,elder,home,area\n" + rows)
        .registry();
  }

  private static Set<ElderId> elders(String... ids) {
    return Set.copyOf(Stream.of(ids).map(ElderId::new).toList());
  }

  private static List<String> ids(List<Contact> contacts) {
    return contacts.stream().map(contact -> contact.responder().value()).toList();
  }
}
