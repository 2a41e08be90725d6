package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Incidents;
import io.shouwang.alerts.World;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Smoke in two homes of one building, through the real engine. */
final class IncidentTest {
  private static final String ALARM = "{\"state\":\"alarm\"}";

  /** The demo district, with the first and the third home under one roof. */
  private static EngineFixture twins() throws IOException {
    World demo = EngineFixture.WORLD;
    Directory.Home first = Objects.requireNonNull(demo.directory().home(new HomeId("h-001")));
    Directory twins =
        (Directory)
            Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (proxy, method, arguments) -> {
                  Object answer = method.invoke(demo.directory(), arguments);
                  return answer instanceof Directory.Home home && home.id().value().equals("h-003")
                      ? new Directory.Home(
                          home.id(),
                          first.area(),
                          home.address(),
                          home.phone(),
                          home.access(),
                          home.elders(),
                          first.building(),
                          home.at())
                      : answer;
                });
    EngineFixture at = EngineFixture.fresh();
    at.engine.activate(
        new Input.RegistryActivated("twins"), new World(twins, demo.rules(), demo.ladders()));
    at.settle();
    return at;
  }

  private static List<Alert> incidents(EngineFixture at) {
    return at.engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.kind().equals(Incidents.KIND))
        .toList();
  }

  @Test
  void each_home_rings_first_and_then_the_area() throws IOException {
    try (EngineFixture at = twins()) {
      at.event("demo-smoke-001", "smoke", ALARM);
      assertEquals(List.of(), incidents(at));
      at.advance(Duration.ofSeconds(20));
      at.event("demo-smoke-003", "smoke", ALARM);
      Alert incident = incidents(at).getFirst();
      assertEquals(HomeId.ofArea(new AreaId("g-taohua-1")), incident.home());
      List<Effect> effects = List.copyOf(at.effects);
      int incidentFirst = firstOf(effects, incident);
      for (var seen : at.engine.alerts().open()) {
        assertTrue(
            seen.alert().equals(incident) || firstOf(effects, seen.alert()) < incidentFirst,
            "the area was rung before " + seen.alert());
      }
      assertTrue(incidentFirst >= 0, "nobody was rung for the area");
    }
  }

  private static int firstOf(List<Effect> effects, Alert alert) {
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i).alert().equals(alert.id())) {
        return i;
      }
    }
    return -1;
  }
}
