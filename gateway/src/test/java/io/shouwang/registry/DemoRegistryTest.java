package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory.Contact;
import io.shouwang.model.Directory.Placement;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The demo district in {@code config/registry}, as the device contract describes it. */
class DemoRegistryTest {
  private static final HomeId HOME = new HomeId("h-001");
  private static final ElderId ELDER = new ElderId("e-001");
  private final Registry registry = TestRegistry.demo();

  @Test
  void theContractsDevicesBelongToTheElderAndTheHome() {
    for (String id : List.of("demo-sos-001", "demo-band-001")) {
      Placement placement = placement(id);
      assertEquals(HOME, placement.home());
      assertEquals(ELDER, placement.elder());
    }
    for (String id : List.of("demo-smoke-001", "demo-pir-001")) {
      Placement placement = placement(id);
      assertEquals(HOME, placement.home());
      assertNull(placement.elder());
    }
    assertEquals(4, registry.devicesOf(HOME).size());
  }

  @Test
  void theContractsRespondersAnswerForTheElder() {
    assertEquals(List.of("demo-daughter"), holders("relative"));
    assertEquals(List.of("demo-grid"), holders("grid_worker"));
    assertEquals(List.of("demo-service"), holders("service_organization"));
    assertEquals(List.of(), holders("neighbour"));
    assertEquals(List.of(), holders("village_cadre"));
    assertEquals(
        "daughter",
        registry.contacts(HOME, Set.of(ELDER), new Role("relative")).getFirst().relation());
    assertEquals(
        List.of(List.of("demo-desk"), List.of("demo-desk-county")),
        registry.desks(HOME).stream().map(DemoRegistryTest::ids).toList());
  }

  @Test
  void theOperatorHasEveryRoleOverTheDistrict() {
    Operator operator = registry.operator("demo-operator");
    assertNotNull(operator);
    assertEquals(EnumSet.range(OperatorRole.DISPATCHER, OperatorRole.AUDITOR), operator.roles());
    assertTrue(registry.isIn(HOME, operator.area()));
    assertEquals(5, registry.homesIn(operator.area()).count());
  }

  @Test
  void twoEldersShareAHomeAndAHubSpeaksForTwo() {
    var home = registry.home(new HomeId("h-003"));
    assertNotNull(home);
    assertEquals(List.of(new ElderId("e-003"), new ElderId("e-004")), home.elders());
    DeviceId hub = new DeviceId("demo-hub-005");
    assertEquals(
        List.of(new DeviceId("demo-sos-005"), new DeviceId("demo-pir-005")),
        registry.childrenOf(hub));
    assertEquals(hub, placement("demo-sos-005").hub());
  }

  @Test
  void areasLeadUpToTheCity() {
    assertEquals(
        List.of("g-taohua-1", "s-taohua", "j-hehua", "x-linjiang", "c-yunjin"),
        registry.areaPath(new AreaId("g-taohua-1")).stream().map(AreaId::value).toList());
  }

  private Placement placement(String id) {
    Placement placement = registry.placement(new DeviceId(id));
    assertNotNull(placement, id);
    return placement;
  }

  private List<String> holders(String role) {
    return ids(registry.contacts(HOME, Set.of(ELDER), new Role(role)));
  }

  private static List<String> ids(List<Contact> contacts) {
    return contacts.stream().map(contact -> contact.responder().value()).toList();
  }
}
