package io.shouwang.console;

import io.shouwang.host.Clock;
import io.shouwang.model.Role;
import io.shouwang.registry.Change;
import io.shouwang.registry.Imports;
import io.shouwang.registry.Office;
import io.shouwang.registry.Order;
import io.shouwang.registry.Registrar;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.Secrets;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A real registry of a city with an east and a west, and its registrar, on a disk in memory. */
final class TestOffice implements Office, Registrar.Force {
  private static final Set<Role> ROLES = Set.of(new Role("grid_worker"), Role.DUTY_DESK);
  private static final Map<String, String> FILES =
      Map.of(
          "areas.csv",
          "id,name,parent\ncity,City,\neast,East,city\nwest,West,city\n",
          "homes.csv",
          "id,address,area\nh-001,Road 1,east\nh-002,Road 2,west\n",
          "elders.csv",
          "id,home,name\ne-001,h-001,Lin\n",
          "devices.csv",
          "id,type,home,elder\nsos-1,button,h-001,e-001\n",
          "responders.csv",
          "id,name,phone\ndesk,Desk,1\nli,Li Na,2\nwang,Wang Wei,3\nzhao,Zhao Min,4\n",
          "contacts.csv",
          """
          responder,role,relation,elder,home,area
          desk,duty_desk,,,,city
          @nights,grid_worker,,,,east
          """,
          "operators.csv",
          "id,name,roles,area\n",
          "schedules.csv",
          """
          id,people,start,turn_days,handover,hours
          nights,li wang,2026-01-05,daily,08:00,20:00-08:00
          """,
          "exceptions.csv",
          "schedule,from,to,people,reason\n");

  static final Path DATA = Path.of("data");

  final SimulatedDisk disk = new SimulatedDisk();
  private final RegistryFolder folder = new RegistryFolder(disk, DATA);
  private final Registrar registrar;
  private final Imports imports;
  private Registry registry;
  private Secrets secrets;

  TestOffice() {
    try {
      RegistryFolder.Import came =
          folder.importFrom(
              file -> {
                String text = FILES.get(file);
                return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
              },
              ROLES);
      if (!(came instanceof RegistryFolder.Import.Imported imported)) {
        throw new AssertionError(came);
      }
      registry = imported.registry();
      secrets = folder.secrets();
      registrar = new Registrar(folder, this, () -> ROLES, Clock.SYSTEM);
      imports = new Imports(disk, DATA, this::registry, this::takeUp, () -> ROLES, Clock.SYSTEM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized Registry registry() {
    return registry;
  }

  @Override
  public void replace(Registrar.Making making) throws IOException {
    Optional<Registrar.Next> next = making.of(registry());
    synchronized (this) {
      next.ifPresent(made -> registry = made.registry());
    }
  }

  @Override
  public Imports imports() {
    return imports;
  }

  private synchronized void takeUp() throws IOException {
    registry = folder.load(folder.next().orElseThrow());
    secrets = folder.secrets();
  }

  /** The files it began with, some of them others. */
  static Map<String, String> files(Map<String, String> others) {
    Map<String, String> files = new LinkedHashMap<>(FILES);
    files.putAll(others);
    return files;
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
    return folder.changes(registry().hash(), max);
  }

  @Override
  public synchronized String newSecret(String id) throws IOException {
    RegistryFolder.NewSecret made = folder.newSecret(registry, id, secrets);
    secrets = made.all();
    return made.clear();
  }
}
