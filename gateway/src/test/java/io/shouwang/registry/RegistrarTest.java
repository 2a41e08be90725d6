package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.host.Clock;
import io.shouwang.model.HomeId;
import io.shouwang.registry.Order.Outcome;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders become generations: several one, a bad one none, and none while an import runs. */
class RegistrarTest {
  private static final Path DATA = Path.of("data");
  private static final long PATIENCE_SECONDS = 60;

  private final SimulatedDisk disk = new SimulatedDisk();
  private final RegistryFolder folder = new RegistryFolder(disk, DATA);
  private final Forced force = new Forced();
  private Registrar registrar;

  /** Puts in force what is made; when told to, not before it may. */
  private static final class Forced implements Registrar.Force {
    private final Semaphore tries = new Semaphore(0);
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch mayGoOn = new CountDownLatch(0);
    private volatile Registry registry = TestRegistry.of(Map.of());

    @Override
    public Registry registry() {
      return registry;
    }

    @Override
    public void replace(Registrar.Making making) throws IOException {
      tries.release();
      asked.countDown();
      try {
        assertTrue(mayGoOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Optional<Registrar.Next> next = making.of(registry);
      next.ifPresent(made -> registry = made.registry());
    }
  }

  @BeforeEach
  void begin() throws IOException {
    RegistryFolder.Import came = folder.importFrom(new TestRegistry().source(), TestRegistry.ROLES);
    force.registry = assertInstanceOf(RegistryFolder.Import.Imported.class, came).registry();
    registrar = new Registrar(folder, force, () -> TestRegistry.ROLES, Clock.SYSTEM);
  }

  @AfterEach
  void end() {
    registrar.close();
  }

  private Registrar.Ticket newHome(String id, String area) {
    Entry entry =
        new Entry(Section.HOMES, id, List.of(Map.of("address", "Road " + id, "area", area)));
    String version = new Entry(Section.HOMES, id, List.of()).version();
    Order order = new Order("user:feng", List.of(new Order.Wanted(entry, version)));
    return registrar.submit(order).orElseThrow();
  }

  private static Outcome outcome(Registrar.Ticket ticket) throws Exception {
    return ticket.outcome().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Orders that wait together, as behind one that takes long. */
  private List<Registrar.Ticket> behindAnother(String... areas) throws Exception {
    force.mayGoOn = new CountDownLatch(1);
    newHome("first", "g");
    assertTrue(force.asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    List<Registrar.Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < areas.length; i++) {
      tickets.add(newHome("n" + i, areas[i]));
    }
    force.mayGoOn.countDown();
    return tickets;
  }

  @Test
  void ordersThatComeTogetherBecomeOneGeneration() throws Exception {
    String[] areas = new String[50];
    Arrays.fill(areas, "g");
    String hash = null;
    for (Registrar.Ticket ticket : behindAnother(areas)) {
      Outcome.Done done = assertInstanceOf(Outcome.Done.class, outcome(ticket));
      assertEquals(hash == null ? done.hash() : hash, done.hash());
      assertEquals(1, done.changes().size(), "each is told of its own change");
      hash = done.hash();
    }
    assertEquals(hash, force.registry.hash());
    assertEquals(2, folder.depth(force.registry.hash()));
  }

  @Test
  void oneThatMakesNoSenseTakesNoneOfTheOthersWithIt() throws Exception {
    List<Registrar.Ticket> tickets = behindAnother("g", "nowhere", "g");
    assertInstanceOf(Outcome.Done.class, outcome(tickets.get(0)));
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcome(tickets.get(1)));
    assertEquals("area", refused.problems().getFirst().field());
    assertInstanceOf(Outcome.Done.class, outcome(tickets.get(2)));
    assertNotNull(force.registry.home(new HomeId("n0")));
    assertNull(force.registry.home(new HomeId("n1")));
    assertNotNull(force.registry.home(new HomeId("n2")));
    assertEquals(
        force.registry.counts(),
        new RegistryFolder(disk, DATA).load(force.registry.hash()).counts());
  }

  @Test
  void twoWhoWantTheSameEntryAreToldApart() throws Exception {
    force.mayGoOn = new CountDownLatch(1);
    newHome("first", "g");
    assertTrue(force.asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    Registrar.Ticket one = newHome("n", "g");
    Entry other =
        new Entry(Section.HOMES, "n", List.of(Map.of("address", "Elsewhere", "area", "g")));
    String version = new Entry(Section.HOMES, "n", List.of()).version();
    Registrar.Ticket two =
        registrar
            .submit(new Order("user:qian", List.of(new Order.Wanted(other, version))))
            .orElseThrow();
    force.mayGoOn.countDown();
    assertInstanceOf(Outcome.Done.class, outcome(one));
    Outcome.Outdated late = assertInstanceOf(Outcome.Outdated.class, outcome(two));
    assertEquals("Road n", late.now().rows().getFirst().get("address"));
  }

  @Test
  void whileAnImportRunsEditsWaitAndThenHold() throws Exception {
    AutoCloseable importing = disk.lock(DATA.resolve("registry").resolve("import.lock"));
    Registrar.Ticket ticket = newHome("n", "g");
    assertTrue(force.tries.tryAcquire(2, PATIENCE_SECONDS, TimeUnit.SECONDS), "it tries again");
    assertFalse(ticket.outcome().isDone());
    importing.close();
    assertInstanceOf(Outcome.Done.class, outcome(ticket));
    assertNotNull(force.registry.home(new HomeId("n")));
  }

  @Test
  void whatWaitsWhenTheGatewayStopsIsSaidToHaveFailed() throws Exception {
    AutoCloseable importing = disk.lock(DATA.resolve("registry").resolve("import.lock"));
    Registrar.Ticket ticket = newHome("n", "g");
    assertTrue(force.tries.tryAcquire(1, PATIENCE_SECONDS, TimeUnit.SECONDS));
    registrar.close();
    assertInstanceOf(Outcome.Failed.class, outcome(ticket));
    assertTrue(registrar.submit(new Order("user:feng", List.of())).isEmpty());
    importing.close();
  }
}
