package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.host.LockTaken;
import io.shouwang.host.RealDisk;
import io.shouwang.registry.RegistryFolder.Import;
import io.shouwang.simulation.DiskFault;
import io.shouwang.simulation.PowerCut;
import io.shouwang.simulation.Seed;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports on disk: generations, what comes next, and secrets; also when the power fails. */
class RegistryFolderTest {
  private static final Path DATA = Path.of("data");
  private final SimulatedDisk disk = new SimulatedDisk();
  private final RegistryFolder folder = new RegistryFolder(disk, DATA);

  @Test
  void anImportIsKeptByteForByteAndComesNext() throws IOException {
    TestRegistry files = new TestRegistry();
    Import.Imported imported = imported(folder.importFrom(files.source(), TestRegistry.ROLES));
    String hash = imported.registry().hash();
    assertEquals(Optional.of(hash), folder.next());
    for (String file : RegistrySource.FILES) {
      assertArrayEquals(
          files.source().bytes(file), disk.bytes(DATA.resolve("registry/" + hash + "/" + file)));
    }
    assertEquals(imported.registry().counts(), folder.load(hash).counts());
  }

  @Test
  void theSameFilesAreTheSameGenerationAndOtherFilesAnother() throws IOException {
    Import.Imported first = imported(importing(new TestRegistry()));
    Import.Imported again = imported(importing(new TestRegistry()));
    assertEquals(first.registry().hash(), again.registry().hash());
    assertNull(again.secrets());
    Import.Imported other =
        imported(
            importing(new TestRegistry().with("elders.csv", "id,home,name\ne1,h1,Lu\ne2,h2,Du\n")));
    assertFalse(first.registry().hash().equals(other.registry().hash()));
    assertEquals(Optional.of(other.registry().hash()), folder.next());
    assertNotNull(folder.load(first.registry().hash()));
  }

  @Test
  void nothingIsKeptOfARefusedRegistry() throws IOException {
    Import.Imported first = imported(importing(new TestRegistry()));
    Import refused =
        importing(new TestRegistry().with("homes.csv", "id,address,area\nh1,Road 1,nowhere\n"));
    assertInstanceOf(Import.Refused.class, refused);
    assertEquals(Optional.of(first.registry().hash()), folder.next());
    assertEquals(List.of(), disk.list(DATA.resolve("registry/unfinished")));
  }

  @Test
  void aDamagedGenerationIsRefusedByName() throws IOException {
    String hash = imported(importing(new TestRegistry())).registry().hash();
    disk.flipBit(DATA.resolve("registry/" + hash + "/elders.csv"), 8 * 20);
    IOException refused = assertThrows(IOException.class, () -> folder.load(hash));
    assertTrue(String.valueOf(refused.getMessage()).contains(hash), refused.getMessage());
    disk.lose(DATA.resolve("registry/" + hash + "/elders.csv"));
    IOException missing = assertThrows(IOException.class, () -> folder.load(hash));
    assertTrue(
        String.valueOf(missing.getMessage()).endsWith("has no elders.csv; import it again"),
        missing.getMessage());
  }

  @Test
  void aNextThatIsNoHashIsNoPath() throws IOException {
    imported(importing(new TestRegistry()));
    disk.put(DATA.resolve("registry/NEXT"), "../../etc\n".getBytes(StandardCharsets.UTF_8));
    assertThrows(IOException.class, folder::next);
    assertThrows(IOException.class, () -> folder.load("../" + "a".repeat(61)));
  }

  @Test
  void everyLoginGetsASecretOnce() throws IOException {
    Import.Imported first = imported(importing(new TestRegistry()));
    Map<String, String> secrets = clear(first);
    assertEquals(Set.of("d1", "d2", "d3", "r1", "desk", "o1"), secrets.keySet());
    assertEquals(6, first.newSecrets());
    assertEquals(
        "new-secrets-" + first.registry().hash().substring(0, 8) + ".csv",
        String.valueOf(Path.of(String.valueOf(first.secrets())).getFileName()));
    Import.Imported second =
        imported(
            importing(
                new TestRegistry()
                    .with(
                        "devices.csv", "id,type,home,elder,hub\nd1,button,h1,e1,\nd9,hub,h2,,\n")));
    assertEquals(Set.of("d9"), clear(second).keySet());
    Secrets kept = folder.secrets();
    secrets.forEach((id, secret) -> assertTrue(kept.match(id, bytes(secret)), id));
  }

  @Test
  void secretsAreOfFullStrengthAndKeptAsHmacsOnly() throws IOException {
    Map<String, String> secrets = clear(imported(importing(new TestRegistry())));
    String kept = new String(disk.bytes(DATA.resolve("secrets.csv")), StandardCharsets.UTF_8);
    secrets.forEach((id, secret) -> {
      String random = secret.substring(secret.indexOf('.') + 1);
      assertTrue(random.matches("[A-Za-z0-9_-]{32}"), random);
      assertFalse(kept.contains(random));
    });
    assertEquals(secrets.size(), Set.copyOf(secrets.values()).size());
  }

  @Test
  void credentialsAcceptOnlyTheRegisteredWithTheirOwnSecret() throws IOException {
    Import.Imported imported = imported(importing(new TestRegistry()));
    Map<String, String> clear = clear(imported);
    Secrets secrets = folder.secrets();
    var credentials = new RegisteredCredentials(imported::registry, () -> secrets);
    assertTrue(credentials.accept("d1", bytes(secret(clear, "d1"))));
    assertTrue(credentials.accept("r1", bytes(secret(clear, "r1"))));
    assertFalse(credentials.accept("d1", bytes(secret(clear, "d2"))));
    assertFalse(credentials.accept("d1", new byte[0]));
    assertFalse(credentials.accept("d1", bytes(secret(clear, "d1") + "\0")));
    assertFalse(credentials.accept("nobody", bytes(secret(clear, "d1"))));
    assertFalse(credentials.accept("", new byte[0]));
    assertFalse(credentials.accept("d1/../é#+\0", bytes("x".repeat(100_000))));
    assertFalse(credentials.accept("o1", bytes(secret(clear, "o1"))), "operators use HTTP alone");
    String token = secret(clear, "o1");
    assertEquals("o1", credentials.operatorByToken(token).orElseThrow().id().value());
    assertTrue(credentials.operatorByToken(token + "x").isEmpty());
    assertTrue(credentials.operatorByToken("o1.").isEmpty());
    assertTrue(credentials.operatorByToken("").isEmpty());
    assertTrue(credentials.operatorByToken("d1." + secret(clear, "d1")).isEmpty());
  }

  @Test
  void whoIsNoLongerRegisteredIsNobody() throws IOException {
    Map<String, String> clear = clear(imported(importing(new TestRegistry())));
    Registry without =
        new TestRegistry().with("devices.csv", "id,type\nd2,hub\nd3,smoke\n").registry();
    Secrets secrets = folder.secrets();
    var credentials = new RegisteredCredentials(() -> without, () -> secrets);
    assertFalse(credentials.accept("d1", bytes(secret(clear, "d1"))));
    assertTrue(credentials.accept("d2", bytes(secret(clear, "d2"))));
  }

  @Test
  void damagedSecretsAreRefusedWithTheirLine() throws IOException {
    imported(importing(new TestRegistry()));
    Path file = DATA.resolve("secrets.csv");
    String kept = new String(disk.bytes(file), StandardCharsets.UTF_8);
    disk.put(file, bytes(kept.replaceFirst("\nd3,....", "\nd3,")));
    IOException damaged = assertThrows(IOException.class, folder::secrets);
    assertEquals(file + ":4 is damaged; restore a backup", damaged.getMessage());
    disk.put(file, bytes(kept.replace("\nd3", "\n\nd3")));
    assertThrows(IOException.class, folder::secrets);
  }

  @Test
  void twoImportsAtATimeAreRefused() throws Exception {
    disk.makeDirectory(DATA.resolve("registry"));
    try (AutoCloseable _ = disk.lock(DATA.resolve("registry/import.lock"))) {
      assertThrows(LockTaken.class, () -> importing(new TestRegistry()));
      assertEquals(0, folder.secrets().size());
    }
    imported(importing(new TestRegistry()));
  }

  /**
   * The power fails at each changing call of a first and of a second import: whatever is named next
   * loads, each secret in clear is kept, each kept one is in clear, and the import can be repeated.
   */
  @Test
  void anImportInterruptedAnywhereIsWholeOrRepeatable() throws IOException {
    Random random = Seed.of("RegistryFolderTest").random();
    boolean finished = false;
    int call = 0;
    while (!finished) {
      call++;
      SimulatedDisk cut = new SimulatedDisk();
      RegistryFolder first = new RegistryFolder(cut, DATA);
      TestRegistry more =
          new TestRegistry().with("responders.csv", "id,name\nr1,M\nr2,N\ndesk,D\n");
      try {
        cut.cutPowerAt(call);
        first.importFrom(new TestRegistry().source(), TestRegistry.ROLES);
        first.importFrom(more.source(), TestRegistry.ROLES);
        finished = true;
      } catch (PowerCut expected) {
        // As wanted.
      }
      cut.crash(random);
      RegistryFolder after = new RegistryFolder(cut, DATA);
      checkWhole(cut, after);
      after.importFrom(more.source(), TestRegistry.ROLES);
      checkWhole(cut, after);
      assertEquals(7, after.secrets().size());
    }
    assertTrue(call > 30, "calls: " + call);
  }

  /** Each call of each kind fails once: the import says so, and the next one makes it whole. */
  @Test
  void anImportThatFailsAnywhereCanBeRepeated() throws IOException {
    for (DiskFault.Operation operation :
        List.of(
            DiskFault.Operation.WRITE,
            DiskFault.Operation.SYNC,
            DiskFault.Operation.CREATE,
            DiskFault.Operation.RENAME,
            DiskFault.Operation.SYNC_DIRECTORY)) {
      int calls = callsOfAnImport(operation);
      assertTrue(calls > 0, operation.name());
      for (int nth = 1; nth <= calls; nth++) {
        SimulatedDisk failing = new SimulatedDisk();
        RegistryFolder failed = new RegistryFolder(failing, DATA);
        failing.fail(new DiskFault(operation, nth, false, DiskFault.Kind.EIO));
        assertThrows(
            IOException.class,
            () -> failed.importFrom(new TestRegistry().source(), TestRegistry.ROLES));
        failing.heal();
        checkWhole(failing, failed);
        imported(failed.importFrom(new TestRegistry().source(), TestRegistry.ROLES));
        checkWhole(failing, failed);
        assertEquals(6, failed.secrets().size());
      }
    }
  }

  private static int callsOfAnImport(DiskFault.Operation operation) throws IOException {
    SimulatedDisk counting = new SimulatedDisk();
    new RegistryFolder(counting, DATA).importFrom(new TestRegistry().source(), TestRegistry.ROLES);
    return counting.count(operation);
  }

  private static void checkWhole(SimulatedDisk disk, RegistryFolder folder) throws IOException {
    Secrets kept = folder.secrets();
    Optional<String> next = folder.next();
    if (next.isPresent()) {
      folder.load(next.get()).eachLogin(id -> assertTrue(kept.has(id), id));
    }
    int clear = 0;
    for (String name : disk.list(DATA)) {
      assertFalse(name.endsWith(".pending"), name);
      if (name.startsWith("new-secrets")) {
        for (var entry : clear(disk.bytes(DATA.resolve(name))).entrySet()) {
          assertTrue(kept.match(entry.getKey(), bytes(entry.getValue())), name);
          clear++;
        }
      }
    }
    assertEquals(kept.size(), clear);
  }

  @Test
  void onARealDiskEverythingIsTheOwnersAlone(@TempDir Path data) throws IOException {
    RegistryFolder real = new RegistryFolder(new RealDisk(), data);
    Import.Imported imported =
        imported(real.importFirst(new TestRegistry().source(), TestRegistry.ROLES));
    assertEquals(data.resolve("demo-secrets.csv"), imported.secrets());
    assertEquals(imported.registry().hash(), real.load(real.next().orElseThrow()).hash());
    for (String name : List.of("demo-secrets.csv", "secrets.csv", "registry/NEXT")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))),
          name);
    }
    assertEquals(6, real.secrets().size());
    assertTrue(
        Files.readString(data.resolve("demo-secrets.csv"))
            .matches("(?s)id,secret\nd1,[^\n]{32}\n.*\no1,o1\\.[^\n]{32}\n"));
  }

  private Import importing(TestRegistry files) throws IOException {
    return folder.importFrom(files.source(), TestRegistry.ROLES);
  }

  private static Import.Imported imported(Import result) {
    return assertInstanceOf(Import.Imported.class, result, result.toString());
  }

  private Map<String, String> clear(Import.Imported imported) {
    Path file = imported.secrets();
    assertNotNull(file);
    return clear(disk.bytes(file));
  }

  private static Map<String, String> clear(byte[] file) {
    Map<String, String> secrets = new HashMap<>();
    new String(file, StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(fields -> secrets.put(fields[0], fields[1]));
    return secrets;
  }

  private static String secret(Map<String, String> secrets, String id) {
    String secret = secrets.get(id);
    assertNotNull(secret, id);
    return secret;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
