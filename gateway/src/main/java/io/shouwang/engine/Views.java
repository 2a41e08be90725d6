package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.host.Clock;

/**
 * What the outside may see of the state, and only once it is on disk: alerts, what people said of
 * homes and elders, what protects whom. Changed by the engine's thread; any thread may look.
 */
final class Views {
  final AlertView alerts;
  final CareView care;
  final ProtectionView protection;

  Views(Notes notes, World world, Clock time) {
    alerts = new AlertView(notes);
    care = new CareView(notes, world.rules().limits());
    protection = new ProtectionView(world, time);
  }

  /** A home that was recovered. */
  void show(Home home) {
    alerts.show(Home.empty(home.id()), home);
    alerts.tell();
    care.show(home);
    protection.show(home);
  }

  /** Another world is in force. */
  void goBy(World world) {
    care.goBy(world.rules().limits());
  }

  /** What a batch, now durable, made of the state. */
  void show(Batch batch, State state, World world) {
    batch.before.forEach((id, before) -> {
      Home after = state.home(id);
      alerts.show(before, after);
      care.show(after);
    });
    protection.show(batch.heard, world);
  }

  /** Tells those who follow what was shown since the last time. */
  void tell() {
    alerts.tell();
  }
}
