package io.shouwang;

import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import io.shouwang.model.Role;
import io.shouwang.registry.Change;
import io.shouwang.registry.Imports;
import io.shouwang.registry.Office;
import io.shouwang.registry.Order;
import io.shouwang.registry.Registrar;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The office of the registry in force. Owns the registrar's thread. Any thread. */
final class RegistryOffice implements Office, AutoCloseable {
  private final RegistryFolder folder;
  private final RegistryInForce registry;
  private final Registrar registrar;
  private final Imports imports;

  RegistryOffice(
      Disk disk,
      RegistryFolder folder,
      RegistryInForce registry,
      WorldInForce world,
      Supplier<Set<Role>> roles,
      Clock clock) {
    this.folder = folder;
    this.registry = registry;
    this.registrar = new Registrar(folder, world, roles, clock);
    this.imports =
        new Imports(disk, folder.data(), registry::registry, world::takeUp, roles, clock);
  }

  @Override
  public Registry registry() {
    return registry.registry();
  }

  @Override
  public Imports imports() {
    return imports;
  }

  @Override
  public Optional<Registrar.Ticket> submit(Order order) {
    return registrar.submit(order);
  }

  @Override
  public Optional<Registrar.Ticket> find(long number) {
    return registrar.find(number);
  }

  @Override
  public int waiting() {
    return registrar.waiting();
  }

  @Override
  public List<Change> changes(int max) throws IOException {
    return folder.changes(registry.registry().hash(), max);
  }

  @Override
  public String newSecret(String id) throws IOException {
    return registry.newSecret(id);
  }

  @Override
  public void close() {
    imports.close();
    registrar.close();
  }
}
