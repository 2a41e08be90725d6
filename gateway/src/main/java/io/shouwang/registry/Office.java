package io.shouwang.registry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The registry as people work on it while the gateway runs. Any thread. */
public interface Office {

  /** The generation in force. */
  Registry registry();

  /** Where a whole registry comes in. */
  Imports imports();

  /** Has something edited; empty if too many orders wait. */
  Optional<Registrar.Ticket> submit(Order order);

  /** An order by its number; empty if it is forgotten. */
  Optional<Registrar.Ticket> find(long number);

  /** How many orders wait. */
  int waiting();

  /** Who edited what since the last import, the newest first. */
  List<Change> changes(int max) throws IOException;

  /**
   * Makes a new secret for a device or a responder, good at once instead of the one before.
   *
   * @return the secret in clear, kept nowhere
   * @throws io.shouwang.host.LockTaken if an import is running
   */
  String newSecret(String id) throws IOException;
}
