package io.shouwang;

import io.shouwang.console.Operators;
import io.shouwang.intake.Credentials;
import io.shouwang.model.Directory;
import io.shouwang.model.Operator;
import io.shouwang.registry.RegisteredCredentials;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.Secrets;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** The registry generation and the secrets that hold at the moment. Any thread. */
final class RegistryInForce {
  private record Generation(Registry registry, Secrets secrets) {}

  private final RegistryFolder folder;
  private final RegisteredCredentials credentials;
  private volatile Generation generation;

  RegistryInForce(RegistryFolder folder, String hash) throws IOException {
    this.folder = folder;
    this.generation = new Generation(folder.load(hash), folder.secrets());
    this.credentials =
        new RegisteredCredentials(() -> generation.registry(), () -> generation.secrets());
  }

  Registry registry() {
    return generation.registry();
  }

  Directory directory() {
    return generation.registry();
  }

  Credentials credentials() {
    return credentials;
  }

  Operators operators() {
    return new Operators() {
      @Override
      public Optional<Operator> byToken(String bearer) {
        return credentials.operatorByToken(bearer);
      }

      @Override
      public Collection<Operator> all() {
        return registry().operators();
      }
    };
  }

  /** One that was edited out of the one in force; the secrets stay. */
  synchronized void take(Registry next) {
    generation = new Generation(next, generation.secrets());
  }

  /**
   * Makes a new secret for a login, good at once instead of the one before.
   *
   * @return the secret in clear, kept nowhere
   */
  synchronized String newSecret(String id) throws IOException {
    RegistryFolder.NewSecret made =
        folder.newSecret(generation.registry(), id, generation.secrets());
    generation = new Generation(generation.registry(), made.all());
    return made.clear();
  }

  /** Loads the generation that an import made, if it isn't the one in force. */
  Optional<Registry> loadNext() throws IOException {
    Optional<String> next = folder.next();
    if (next.isEmpty() || next.get().equals(registry().hash())) {
      return Optional.empty();
    }
    Registry loaded = folder.load(next.get());
    synchronized (this) { // a secret that is made meanwhile is in neither or in both
      generation = new Generation(loaded, folder.secrets());
    }
    return Optional.of(loaded);
  }
}
