package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import java.util.ArrayList;
import java.util.List;

/** What is to be done outside once the facts are on disk. */
public record Effect(AlertId alert, Delivery delivery) {

  /** The messages that these facts start. */
  public static List<Effect> of(List<Fact> facts, Home after) {
    List<Effect> effects = new ArrayList<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.DeliveryStarted started) {
        after
            .alert(started.alert())
            .flatMap(alert -> alert.delivery(started.number()))
            .filter(Delivery::isUnderWay)
            .ifPresent(delivery -> effects.add(new Effect(started.alert(), delivery)));
      }
    }
    return effects;
  }

  /** The messages of a recovered home that nobody reported on: they go out again, same key. */
  public static List<Effect> pending(Home home) {
    List<Effect> effects = new ArrayList<>();
    for (Alert alert : home.alerts()) {
      for (Delivery delivery : alert.deliveries()) {
        if (delivery.isUnderWay()) {
          effects.add(new Effect(alert.id(), delivery));
        }
      }
    }
    return effects;
  }
}
