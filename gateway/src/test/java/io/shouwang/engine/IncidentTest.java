package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.HeadCount.Standing;
import io.shouwang.alerts.Incidents;
import io.shouwang.alerts.OpenIncidents;
import io.shouwang.alerts.World;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.notify.Folding;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Smoke in two homes of one building, through the real engine. */
final class IncidentTest {
  private static final HomeId H1 = new HomeId("h-001");
  private static final HomeId H3 = new HomeId("h-003");
  private static Directory directory = EngineFixture.WORLD.directory();
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
    directory = twins;
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

  @Test
  void follow_ups_fold_into_the_incident_and_first_rings_never_do() throws IOException {
    try (EngineFixture at = twins();
        OpenIncidents incidents = new OpenIncidents(at.engine.alerts(), () -> directory)) {
      Folding folding = new Folding(incidents);
      at.event("demo-smoke-001", "smoke", ALARM);
      at.event("demo-smoke-003", "smoke", ALARM);
      Alert incident = incidents(at).getFirst();
      assertEquals(List.of(incident.id()), incidents.open().stream().map(Alert::id).toList());
      for (Effect effect : at.effects) {
        assertEquals(Optional.empty(), folding.holdBack(effect, alert(at, effect)), "a first ring");
      }
      at.effects.clear();
      at.advance(Duration.ofSeconds(30));
      Set<String> held = new TreeSet<>();
      for (Effect effect : at.effects) {
        Alert alert = alert(at, effect);
        boolean isDesk = effect.delivery().cause() == Delivery.Cause.DESK;
        Optional<String> why = folding.holdBack(effect, alert);
        assertEquals(isDesk && !alert.kind().equals(Incidents.KIND), why.isPresent(), "" + effect);
        why.ifPresent(held::add);
      }
      assertEquals(Set.of("folded into incident " + incident.id()), held);
    }
  }

  @Test
  void the_next_way_of_a_desk_that_hears_nothing_by_the_first_is_no_follow_up() throws IOException {
    try (EngineFixture at = twins();
        OpenIncidents incidents = new OpenIncidents(at.engine.alerts(), () -> directory)) {
      at.event("demo-smoke-001", "smoke", ALARM);
      at.event("demo-smoke-003", "smoke", ALARM);
      Effect first =
          at.effects.stream()
              .filter(effect -> effect.delivery().cause() == Delivery.Cause.DESK)
              .filter(effect -> !alert(at, effect).kind().equals(Incidents.KIND))
              .findFirst()
              .orElseThrow();
      Delivery ring = first.delivery();
      Delivery next =
          new Delivery(
              new DeliveryKey(first.alert(), alert(at, first).deliveryCount() + 1),
              ring.to(),
              Delivery.Cause.DESK,
              ring.startedAt(),
              ring.expiresAt(),
              "sms",
              1,
              null);
      Folding folding = new Folding(incidents);
      Effect effect = new Effect(first.alert(), next);
      assertEquals(Optional.empty(), folding.holdBack(effect, alert(at, first)));
    }
  }

  @Test
  void the_head_count_says_where_somebody_is_and_who_was_not_reached() throws IOException {
    try (EngineFixture at = twins();
        OpenIncidents incidents = new OpenIncidents(at.engine.alerts(), () -> directory)) {
      at.event("demo-smoke-001", "smoke", ALARM);
      at.event("demo-smoke-003", "smoke", ALARM);
      Alert incident = incidents(at).getFirst();
      assertEquals(
          Map.of(H1, Standing.NOT_REACHED, H3, Standing.NOT_REACHED),
          incidents.headCount(incident).standings());
      Alert first = alertOf(at, H1);
      at.reply("demo-daughter", first, Reply.Answer.ACCEPT, 10, null);
      assertEquals(Standing.COMING, incidents.headCount(incident).standings().get(H1));
      at.reply("demo-daughter", first, Reply.Answer.SPOKE, null, null);
      assertEquals(Standing.SAFE, incidents.headCount(incident).standings().get(H1));
      at.reply("demo-grid", alertOf(at, H3), Reply.Answer.ARRIVED, null, null);
      assertEquals(Standing.SOMEBODY_THERE, incidents.headCount(incident).standings().get(H3));
      assertEquals(1, incidents.headCount(incident).count(Standing.SAFE));
    }
  }

  private static Alert alertOf(EngineFixture at, HomeId home) {
    return at.engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.home().equals(home))
        .findFirst()
        .orElseThrow();
  }

  private static Alert alert(EngineFixture at, Effect effect) {
    return at.engine.alerts().find(effect.alert()).orElseThrow().alert();
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
