package io.shouwang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.PolicyFiles;
import io.shouwang.config.Settings;
import io.shouwang.console.PolicyDesk.Activated;
import io.shouwang.console.PolicyDesk.Checked;
import io.shouwang.console.PolicyDesk.Texts;
import io.shouwang.host.RealDisk;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import io.shouwang.registry.RegistrySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules changed from the console end in the files that operators edit, both or none. */
class PolicyChangesTest {
  private static final RealDisk DISK = new RealDisk();
  @TempDir Path folder = Path.of("");
  private Path config = Path.of("");
  private PolicyFolder files = new PolicyFolder(DISK, config);
  private PolicyInForce inForce;
  private PolicyChanges changes;

  @BeforeEach
  void begin() throws IOException {
    config = Files.createDirectory(folder.resolve("config"));
    for (String file : List.of("gateway.yaml", "ladders.yaml", "rules.yaml")) {
      Files.copy(Path.of("..", "config", file), config.resolve(file));
    }
    Files.writeString(config.resolve("gateway.yaml"), "time_zone: Asia/Urumqi\n");
    files = new PolicyFolder(DISK, config);
    start();
  }

  private void start() throws IOException {
    files.finish();
    Settings settings =
        assertInstanceOf(ConfigReading.Accepted.class, ConfigReader.read(config, Map.of()))
            .settings();
    SettingsFolder kept = new SettingsFolder(DISK, folder.resolve("data"));
    inForce = new PolicyInForce(config, settings, kept);
    RegistryReading read =
        RegistryReader.read(
            RegistrySource.directory(Path.of("..", "config", "registry")), settings.roles());
    var registry = assertInstanceOf(RegistryReading.Accepted.class, read).registry();
    changes = new PolicyChanges(inForce, files, kept, () -> registry);
  }

  private Texts texts() {
    return changes.inForce().texts();
  }

  /** Activates while the gateway's own thread looks at the files, as it does each second. */
  private Activated activate(String basedOn, Texts texts) {
    AtomicBoolean isOver = new AtomicBoolean();
    CompletableFuture<Void> looking =
        CompletableFuture.runAsync(() -> {
          while (!isOver.get()) {
            try {
              inForce.loadNext();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            Thread.onSpinWait();
          }
        });
    try {
      return changes.activate(basedOn, texts);
    } finally {
      isOver.set(true);
      looking.join();
    }
  }

  private String hash() {
    return changes.inForce().hash();
  }

  @Test
  void anActivationIsInTheFilesInForceAndOutlivesARestart() throws IOException {
    String before = hash();
    Files.setPosixFilePermissions(
        config.resolve("rules.yaml"), PosixFilePermissions.fromString("rw-r-----"));
    String rules = texts().rules().replace("late_after: 2m", "late_after: 3m # 山区");
    Texts next = new Texts(texts().ladders(), rules);
    Activated.Done done = assertInstanceOf(Activated.Done.class, activate(before, next));
    assertEquals(rules, Files.readString(config.resolve("rules.yaml")), "with its comments");
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(config.resolve("rules.yaml"))));
    assertEquals(done.hash(), hash());
    assertTrue(changes.inForce().since() != null);
    start();
    assertEquals(done.hash(), hash());
    assertEquals(
        List.of(before, done.hash()).stream().sorted().toList(),
        changes.former().stream().map(each -> each.hash()).sorted().toList());
    assertTrue(changes.former(before).orElseThrow().rules().contains("late_after: 2m"));
    assertEquals(3, DISK.list(config).size(), "nothing is left lying about");
  }

  @Test
  void nobodysUnreadEditIsOverwritten() throws IOException {
    String before = hash();
    Files.writeString(config.resolve("rules.yaml"), "late_after: soon\n");
    Activated refused = changes.activate(before, new Texts(texts().ladders(), "late_after: 3m\n"));
    assertEquals(Activated.Why.MOVED_ON, assertInstanceOf(Activated.Refused.class, refused).why());
    assertEquals("late_after: soon\n", Files.readString(config.resolve("rules.yaml")));
    inForce.loadNext();
    inForce.loadNext();
    assertEquals(1, changes.inForce().refused().size(), "and shown as refused");
    assertEquals(before, hash());
  }

  @Test
  void mistakesAndStaleOnesChangeNothing() throws IOException {
    Texts wrong = new Texts("ladders: {}\n", "late_after: soon\n");
    assertTrue(assertInstanceOf(Checked.Bad.class, changes.check(wrong)).mistakes().size() > 1);
    assertInstanceOf(Activated.Bad.class, changes.activate(hash(), wrong));
    Texts good = new Texts(texts().ladders(), "late_after: 3m\n");
    assertFalse(assertInstanceOf(Checked.Good.class, changes.check(good)).hash().equals(hash()));
    assertInstanceOf(Activated.Refused.class, changes.activate("0".repeat(64), good));
    assertInstanceOf(Activated.Done.class, changes.activate(hash(), texts()), "the same");
    assertTrue(files.holds(new PolicyFiles(texts().ladders(), texts().rules(), zone())));
  }

  private ZoneId zone() {
    return inForce.policy().files().zone();
  }

  @Test
  void aLinkedFileIsChangedWhereItIsKept() throws IOException {
    Path elsewhere = folder.resolve("elsewhere.yaml");
    Files.move(config.resolve("rules.yaml"), elsewhere);
    Files.createSymbolicLink(config.resolve("rules.yaml"), elsewhere);
    Activated refused = changes.activate(hash(), new Texts(texts().ladders(), "late_after: 3m\n"));
    assertEquals(Activated.Why.NOT_OURS, assertInstanceOf(Activated.Refused.class, refused).why());
  }

  /** The power goes after each step in turn: at the next start both files are new, or both old. */
  @Test
  void aPowerCutLeavesBothOrNone() throws IOException {
    PolicyFiles before = new PolicyFiles(texts().ladders(), texts().rules(), zone());
    PolicyFiles next =
        new PolicyFiles(before.ladders() + "# new\n", before.rules() + "# new\n", before.zone());
    int steps = 0;
    for (boolean isCut = true; isCut; steps++) {
      FailingDisk disk = new FailingDisk(steps);
      try {
        new PolicyFolder(disk, config).replace(next);
        isCut = false;
      } catch (FailingDisk.Cut cut) {
        // as wanted
      }
      files.finish();
      assertTrue(files.holds(before) || files.holds(next), "after step " + steps);
      assertEquals(3, DISK.list(config).size(), "after step " + steps);
      Files.writeString(config.resolve("ladders.yaml"), before.ladders());
      Files.writeString(config.resolve("rules.yaml"), before.rules());
    }
    assertTrue(steps > 10, "steps were cut: " + steps);
  }

  @Test
  void whatSomebodyEditedAfterAPowerCutStays() throws IOException {
    PolicyFiles next = new PolicyFiles(texts().ladders(), "late_after: 3m\n", zone());
    FailingDisk disk = new FailingDisk(12);
    try {
      new PolicyFolder(disk, config).replace(next);
    } catch (FailingDisk.Cut cut) {
      // as wanted
    }
    Files.writeString(config.resolve("rules.yaml"), "late_after: 5m\n");
    files.finish();
    assertEquals("late_after: 5m\n", Files.readString(config.resolve("rules.yaml")));
    assertEquals(3, DISK.list(config).size());
  }
}
