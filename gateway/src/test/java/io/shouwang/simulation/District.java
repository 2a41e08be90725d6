package io.shouwang.simulation;

import io.shouwang.alerts.World;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Settings;
import io.shouwang.intake.Credentials;
import io.shouwang.registry.Registry;
import io.shouwang.registry.TestRegistry;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The world of every story: the demo district and its settings, with some hundred homes more. */
final class District {
  static final int HOMES = 300;
  private static final List<Registry> GENERATIONS =
      List.of(TestRegistry.district(HOMES, 1), TestRegistry.district(HOMES, 2));
  private static final Settings SETTINGS = settings();

  static final Credentials CREDENTIALS =
      (identity, secret) -> new String(secret, StandardCharsets.UTF_8).equals(password(identity));

  private District() {}

  private static Settings settings() {
    ConfigReading reading = ConfigReader.read(Path.of("..", "config"), Map.of());
    if (reading instanceof ConfigReading.Accepted(Settings settings)) {
      return settings;
    }
    throw new AssertionError(reading);
  }

  /** The first generation of the registry. */
  static World world(Mutant mutant) {
    return world(GENERATIONS.getFirst().hash(), mutant);
  }

  static World otherThan(World world, Mutant mutant) {
    Registry other =
        GENERATIONS.stream()
            .filter(generation -> !generation.hash().equals(world.directory().hash()))
            .findFirst()
            .orElseThrow();
    return world(other.hash(), mutant);
  }

  static World world(String registryHash, Mutant mutant) {
    Registry registry =
        GENERATIONS.stream()
            .filter(generation -> generation.hash().equals(registryHash))
            .findFirst()
            .orElseThrow();
    RuleSettings rules = SETTINGS.replies();
    if (mutant == Mutant.FORGETFUL_DEDUPLICATION) {
      rules =
          new RuleSettings(
              rules.ringAgainAfter(),
              rules.lateAfter(),
              rules.futureTolerance(),
              Duration.ofSeconds(1),
              rules.etaDefault(),
              rules.etaCap(),
              rules.arrivalGrace(),
              rules.arrivedLimit(),
              rules.deskHold(),
              rules.downExpiry(),
              rules.ringExpiry());
    }
    return new World(registry, RuleBook.of(rules), SETTINGS.ladders());
  }

  static byte[] secret(String identity) {
    return password(identity).getBytes(StandardCharsets.UTF_8);
  }

  private static String password(String identity) {
    return "secret of " + identity;
  }
}
