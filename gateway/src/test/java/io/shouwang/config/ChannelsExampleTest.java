package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.notify.Kinds;
import io.shouwang.notify.provider.ProviderKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code config/channels.yaml} shows in comments is what the gateway reads. */
final class ChannelsExampleTest {
  private static final Path CONFIG = Path.of("..", "config");
  private static final Pattern KEY =
      Pattern.compile("^ *# ( *(- )?[a-z_0-9-]+:( .*)?|channels:|public_url: .*)$");
  private static final Pattern SECRET = Pattern.compile("([a-z_]+_file): (\\S+)");

  @TempDir private Path directory;

  /** Comments that are YAML become YAML; what explains it stays a comment. */
  private static String uncommented() throws IOException {
    List<String> lines = new ArrayList<>();
    boolean examples = false;
    for (String line : Files.readAllLines(CONFIG.resolve("channels.yaml"))) {
      examples |= line.equals("# channels:");
      boolean isYaml =
          line.startsWith("# public_url:") || (examples && KEY.matcher(line).matches());
      lines.add(isYaml ? line.replaceFirst("# ", "") : line);
    }
    return String.join("\n", lines);
  }

  /** A secret of each form, in files that only we may read. */
  private void putSecrets(String text) throws IOException {
    Matcher found = SECRET.matcher(text);
    while (found.find()) {
      Path file = directory.resolve(found.group(2));
      Files.createDirectories(file.getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          switch (found.group(1)) {
            case "secrets_file" -> "whsec_" + "A".repeat(32);
            case "encoding_aes_key_file" -> "A".repeat(43);
            case "callback_secret_file" -> "a1".repeat(16);
            case "password_file" -> "abcdefgh";
            default -> "abcdefgh-1234";
          });
    }
  }

  private ChannelPlans read(String text) throws IOException {
    for (String file : List.of("gateway.yaml", "ladders.yaml", "rules.yaml")) {
      Files.copy(CONFIG.resolve(file), directory.resolve(file));
    }
    Files.writeString(directory.resolve("channels.yaml"), text);
    ConfigReading reading = ConfigReader.read(directory, Map.of());
    if (reading instanceof ConfigReading.Accepted(Settings settings)) {
      return settings.channels();
    }
    throw new AssertionError(reading);
  }

  @Test
  void as_it_stands_everybody_is_reached_by_mqtt_alone() throws IOException {
    ChannelPlans plans = read(Files.readString(CONFIG.resolve("channels.yaml")));
    assertEquals(List.of(), plans.channels());
    assertEquals(null, plans.publicUrl());
  }

  @Test
  void each_example_is_read_as_it_is_written() throws IOException {
    String text = uncommented();
    putSecrets(text);
    ChannelPlans plans = read(text);
    assertNotNull(plans.publicUrl());
    Matcher shown = Pattern.compile("(?m)^ *- type: ([a-z_]+)$").matcher(text);
    TreeSet<String> kinds = new TreeSet<>();
    while (shown.find()) {
      kinds.add(shown.group(1));
    }
    Set<String> known =
        Kinds.ALL.stream().map(ProviderKind::word).collect(Collectors.toUnmodifiableSet());
    assertEquals(known, kinds, "an example for each kind");
    assertEquals(kinds.size(), plans.channels().size(), "a channel of its own for each kind");
    for (ChannelPlan plan : plans.channels()) {
      assertEquals(1, plan.providers().size(), plan.name());
    }
  }
}
