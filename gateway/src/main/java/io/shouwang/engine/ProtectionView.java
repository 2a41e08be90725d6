package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.alerts.World;
import io.shouwang.host.Clock;
import io.shouwang.model.HomeId;
import io.shouwang.rules.Protection;
import io.shouwang.rules.ProtectionBook;
import io.shouwang.senses.Senses;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What protects whom, as of the last sync. Written by the engine's thread, read by any: a home's
 * senses are immutable, so showing a home is putting one reference down; what they mean is worked
 * out by whoever asks.
 */
final class ProtectionView implements ProtectionBook {
  private final Map<HomeId, Senses> senses = new ConcurrentHashMap<>();
  private final Clock time;
  private volatile World world;

  ProtectionView(World world, Clock time) {
    this.world = world;
    this.time = time;
  }

  /** Shows a home as it is now, on disk. */
  void show(Home home) {
    if (!home.senses().devices().isEmpty()) {
      senses.put(home.id(), home.senses());
    }
  }

  /** Shows what a batch changed, oldest first, under the registry and limits in force. */
  void show(List<Home> homes, World inForce) {
    world = inForce;
    for (int i = 0; i < homes.size(); i++) {
      show(homes.get(i));
    }
  }

  @Override
  public Protection of(HomeId home) {
    World now = world;
    return Protection.of(
        home,
        now.directory(),
        now.rules().limits(),
        senses.getOrDefault(home, Senses.NONE),
        time.wall());
  }
}
