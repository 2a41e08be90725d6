package io.shouwang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Policy;
import io.shouwang.config.Settings;
import io.shouwang.host.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and ladders change while running, all or nothing, and each stays to be had by its hash. */
class PolicyInForceTest {
  @TempDir Path folder = Path.of("");
  private Path config = Path.of("");
  private SettingsFolder kept = new SettingsFolder(new RealDisk(), config);
  private @Nullable PolicyInForce held;

  @BeforeEach
  void begin() throws IOException {
    config = Files.createDirectory(folder.resolve("config"));
    for (String file : new String[] {"gateway.yaml", "ladders.yaml", "rules.yaml"}) {
      Files.copy(Path.of("..", "config", file), config.resolve(file));
    }
    Files.writeString(config.resolve("gateway.yaml"), "time_zone: Asia/Urumqi\n");
    kept = new SettingsFolder(new RealDisk(), folder.resolve("data"));
    held = new PolicyInForce(config, settings(), kept);
  }

  @Test
  void a_good_file_takes_force_once_it_is_still() throws IOException {
    String before = inForce().policy().hash();
    write("rules.yaml", "late_after: 3m\n");
    assertTrue(inForce().loadNext().isEmpty(), "somebody may still be writing");
    write("rules.yaml", "late_after: 3m\neta_default: 10m\n");
    assertTrue(inForce().loadNext().isEmpty(), "and still is");
    Policy next = inForce().loadNext().orElseThrow();
    assertEquals(Duration.ofMinutes(3), next.replies().lateAfter());
    assertEquals(Duration.ofMinutes(10), next.replies().etaDefault());
    assertEquals(next.hash(), inForce().policy().hash());
    assertTrue(inForce().loadNext().isEmpty(), "once");
    assertEquals(Duration.ofMinutes(3), kept.load(next.hash()).replies().lateAfter());
    assertEquals(Duration.ofMinutes(2), kept.load(before).replies().lateAfter());
  }

  @Test
  void a_mistake_anywhere_leaves_everything_as_it_was() throws IOException {
    String before = inForce().policy().hash();
    write("rules.yaml", "late_after: 3m\n");
    write("ladders.yaml", "ladders: {}\n");
    assertTrue(next().isEmpty());
    assertEquals(before, inForce().policy().hash());
    assertEquals(
        "ladders.yaml", inForce().refused().getFirst().file(), inForce().refused().toString());
    assertTrue(inForce().refused().size() > 1, "all of them at once");
    Files.copy(
        Path.of("..", "config", "ladders.yaml"),
        config.resolve("ladders.yaml"),
        StandardCopyOption.REPLACE_EXISTING);
    assertEquals(Duration.ofMinutes(3), next().orElseThrow().replies().lateAfter());
    assertTrue(inForce().refused().isEmpty());
  }

  @Test
  void a_file_that_goes_missing_leaves_everything_as_it_was() throws IOException {
    Files.delete(config.resolve("rules.yaml"));
    assertTrue(next().isEmpty());
    assertEquals(1, inForce().refused().size());
  }

  @Test
  void the_same_content_written_again_is_no_change() throws IOException {
    write("rules.yaml", Files.readString(config.resolve("rules.yaml")) + " ");
    String first = next().orElseThrow().hash();
    write("rules.yaml", Files.readString(config.resolve("rules.yaml")));
    assertTrue(next().isEmpty());
    assertEquals(first, inForce().policy().hash());
  }

  @Test
  void the_zone_is_kept_and_changes_only_at_a_start() throws IOException {
    assertEquals(ZoneId.of("Asia/Urumqi"), kept.load(inForce().policy().hash()).limits().zone());
    write("gateway.yaml", "time_zone: Asia/Shanghai\n");
    assertTrue(next().isEmpty());
    assertEquals(ZoneId.of("Asia/Urumqi"), inForce().policy().limits().zone());
  }

  @Test
  void what_is_kept_is_what_its_name_says_or_is_refused() throws IOException {
    String hash = inForce().policy().hash();
    Path rules = folder.resolve("data/settings").resolve(hash).resolve("rules.yaml");
    Files.writeString(rules, "late_after: 3m\n");
    assertTrue(
        assertThrows(IOException.class, () -> kept.load(hash)).toString().contains("was changed"));
    assertThrows(IOException.class, () -> kept.load("0".repeat(64)));
  }

  private PolicyInForce inForce() {
    return Objects.requireNonNull(held);
  }

  /** What comes of two looks. */
  private Optional<Policy> next() throws IOException {
    assertTrue(inForce().loadNext().isEmpty());
    return inForce().loadNext();
  }

  /** A change within the clock's resolution must not pass for none. */
  private void write(String name, String text) throws IOException {
    Path file = config.resolve(name);
    var before = Files.getLastModifiedTime(file);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1_000));
  }

  private Settings settings() {
    return assertInstanceOf(ConfigReading.Accepted.class, ConfigReader.read(config, Map.of()))
        .settings();
  }
}
