package io.shouwang.notify.provider;

import io.shouwang.host.Clock;
import io.shouwang.yaml.YamlSection;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A kind of provider that {@code channels.yaml} can name. Stateless. */
public interface ProviderKind {

  /** Its word behind {@code type:}. */
  String word();

  /**
   * Reads its settings, and reports each mistake with place and remedy. The caller reads the common
   * keys and calls {@code done()}.
   *
   * @return null if there was a mistake
   */
  @Nullable Account read(YamlSection section, Secrets secrets);

  /** Whether it goes out by the {@link Http} it is given, and so by a proxy that is set. */
  default boolean takesProxy() {
    return true;
  }

  /** Settings without a mistake. */
  interface Account {
    Provider open(Surroundings surroundings);
  }

  /** Secrets are in files beside the configuration, readable by their owner alone. */
  interface Secrets {
    /**
     * The text of the file that a key of the section names, without surrounding white space; empty,
     * and a problem, if the key or the file is missing, empty, or readable by others.
     */
    Optional<String> secret(YamlSection section, String key);
  }

  /**
   * What an account is given to work with.
   *
   * @param name the channel's in {@code channels.yaml}
   * @param clock for time stamps in signatures
   * @param random for nonces
   */
  record Surroundings(
      String name, Reception reception, Http http, Clock clock, RandomGenerator random) {}
}
