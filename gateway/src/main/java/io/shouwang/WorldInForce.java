package io.shouwang;

import io.shouwang.alerts.World;
import io.shouwang.config.Policy;
import io.shouwang.engine.Engine;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.registry.Registrar;
import io.shouwang.registry.Registry;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry and the rules that hold together. Whoever changes one of them holds the lock, so
 * that neither change undoes the other. Any thread.
 */
final class WorldInForce implements Registrar.Force {
  private static final Logger LOG = LoggerFactory.getLogger(WorldInForce.class);

  private final RegistryInForce registry;
  private final PolicyInForce policy;
  private final Engine engine;
  private final ReentrantLock changing = new ReentrantLock();

  WorldInForce(RegistryInForce registry, PolicyInForce policy, Engine engine) {
    this.registry = registry;
    this.policy = policy;
    this.engine = engine;
  }

  static World of(RegistryInForce registry, PolicyInForce inForce) {
    Policy policy = inForce.policy();
    return new World(registry.directory(), policy.ruleBook(), policy.ladders());
  }

  /** Whatever an import or an editor of files left takes force; nothing while an edit does. */
  void activateNext() throws IOException {
    if (!changing.tryLock()) {
      return; // in a second there is another look
    }
    try {
      activateImported();
      policy
          .loadNext()
          .ifPresent(next -> {
            LOG.info("rules and ladders {} take force", next.hash());
            engine.activate(new Input.SettingsActivated(next.hash()), of(registry, policy));
          });
    } finally {
      changing.unlock();
    }
  }

  /** What an import made takes force; it has when this returns. */
  void takeUp() throws IOException {
    changing.lock();
    try {
      activateImported();
    } finally {
      changing.unlock();
    }
  }

  private void activateImported() throws IOException {
    registry
        .loadNext()
        .ifPresent(next -> {
          LOG.info("registry generation {} takes force: {}", next.hash(), next.counts());
          engine.activate(new Input.RegistryActivated(next.hash()), of(registry, policy));
        });
  }

  @Override
  public Registry registry() {
    return registry.registry();
  }

  @Override
  public void replace(Registrar.Making making) throws IOException {
    changing.lock();
    try {
      activateImported(); // an edit of what is about to be replaced would undo the import
      Optional<Registrar.Next> next = making.of(registry.registry());
      if (next.isPresent()) {
        Registry made = next.get().registry();
        @Nullable Set<HomeId> homes = next.get().homes();
        registry.take(made);
        LOG.info("registry generation {} takes force, edited", made.hash());
        engine.activate(new Input.RegistryActivated(made.hash()), of(registry, policy), homes);
      }
    } finally {
      changing.unlock();
    }
  }
}
