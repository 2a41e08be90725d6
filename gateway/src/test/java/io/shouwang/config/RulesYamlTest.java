package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import io.shouwang.registry.RegistrySource;
import io.shouwang.rules.Limits;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each rule's numbers, for the city and where they differ. */
class RulesYamlTest {
  private static final Path SHIPPED = Path.of("..", "config", "rules.yaml");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Test
  void the_shipped_file_names_every_parameter_of_every_rule() throws IOException {
    String text = Files.readString(SHIPPED);
    List<String> missing = new ArrayList<>();
    for (RecordComponent section : Limits.class.getRecordComponents()) {
      String name = section.getName().equals("area") ? LimitsYaml.AREA : section.getName();
      String body = section(text, name);
      for (RecordComponent parameter : section.getType().getRecordComponents()) {
        boolean isOwed = parameter.getName().equals("duties");
        String key = isOwed ? "owed" : snake(parameter.getName());
        if (!Pattern.compile("(?m)^  " + key + ":").matcher(body).find()) {
          missing.add(name + "." + key);
        }
      }
    }
    assertEquals(List.of(), missing, "add them to config/rules.yaml, each with a comment");
  }

  @Test
  void the_shipped_file_says_what_each_parameter_means() throws IOException {
    List<String> lines = Files.readAllLines(SHIPPED);
    List<String> bare = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      boolean isKey = lines.get(i).matches(" *[a-z_0-9]+:.*");
      boolean isEnabled = lines.get(i).strip().startsWith("enabled:");
      if (isKey && !isEnabled && !commented(lines, i)) {
        bare.add(lines.get(i));
      }
    }
    assertEquals(List.of(), bare);
  }

  /** A comment of its own, or one above the keys it stands together with. */
  private static boolean commented(List<String> lines, int key) {
    for (int i = key - 1; i >= 0 && !lines.get(i).isBlank(); i--) {
      if (lines.get(i).strip().startsWith("#")) {
        return true;
      }
    }
    return lines.get(key).contains("#");
  }

  @Test
  void the_examples_in_the_shipped_file_are_good() throws IOException {
    String text =
        Files.readString(SHIPPED)
            .replaceAll("(?m)^overrides: \\[\\]$", "overrides:")
            .replaceAll("(?m)^custom: \\[\\]$", "custom:")
            .replaceAll("(?m)^#(  .*)$", "$1");
    Policy policy = read(text);
    assertTrue(policy.overrides().size() >= 3, text);
  }

  @Test
  void no_custom_rule_takes_the_name_of_a_kind_that_people_know() throws IOException {
    Path wording = Path.of("src/main/resources/io/shouwang/wording/wording_en.properties");
    List<String> free =
        Files.readAllLines(wording).stream()
            .filter(line -> line.startsWith("kind."))
            .map(line -> line.substring("kind.".length(), line.indexOf('=')))
            .filter(kind -> !CustomYaml.TAKEN.contains(kind))
            .toList();
    assertEquals(List.of(), free, "add them to CustomYaml.TAKEN");
  }

  @Test
  void an_override_names_only_what_differs_and_the_nearer_wins() throws IOException {
    Policy policy =
        read(
            """
            vitals: {enabled: false}
            overrides:
              - area: j-hehua
                inactivity: {enabled: false}
                devices: {enabled: false}
              - area: s-xinghe
                inactivity: {enabled: true}
              - home: h-005
                devices: {enabled: true}
              - elder: e-006
                location: {enabled: false}
            """);
    Registry demo = demo();
    var book = policy.limits();
    Limits street = book.of(demo, new HomeId("h-001"));
    assertFalse(street.vitals().enabled());
    assertFalse(street.inactivity().enabled());
    assertFalse(street.devices().enabled());
    assertTrue(street.location().enabled());
    Limits home = book.of(demo, new HomeId("h-005"));
    assertTrue(home.inactivity().enabled());
    assertTrue(home.devices().enabled());
    assertTrue(home.location().enabled());
    Limits elder = book.of(demo, new HomeId("h-005"), new ElderId("e-006"));
    assertFalse(elder.location().enabled());
    assertTrue(elder.devices().enabled());
    assertSame(home, book.of(demo, new HomeId("h-005")), "read once for each base");
  }

  @Test
  void what_was_read_is_kept_to_the_byte_and_reads_the_same_again() throws IOException {
    Policy policy = read("\uFEFF# 规则\r\nlate_after: 3m\r\n");
    Policy again =
        assertInstanceOf(PolicyReading.Accepted.class, ConfigReader.read(policy.files())).policy();
    assertEquals(policy.hash(), again.hash());
    assertEquals(policy.replies(), again.replies());
  }

  private static Policy read(String rules) throws IOException {
    PolicyFiles files =
        new PolicyFiles(Files.readString(SHIPPED.resolveSibling("ladders.yaml")), rules, ZONE);
    return switch (ConfigReader.read(files)) {
      case PolicyReading.Accepted accepted -> accepted.policy();
      case PolicyReading.Refused refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  private static Registry demo() throws IOException {
    return assertInstanceOf(
            RegistryReading.Accepted.class,
            RegistryReader.read(RegistrySource.directory(SHIPPED.resolveSibling("registry")), null))
        .registry();
  }

  /** The lines below a section's name, to the next one that isn't further in. */
  private static String section(String text, String name) {
    int from = text.indexOf("\n" + name + ":\n");
    if (from < 0) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    for (String line : text.substring(from + 1).lines().skip(1).toList()) {
      if (line.matches("[a-z].*")) {
        break;
      }
      body.append(line).append('\n');
    }
    return body.toString();
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z]+)", "_$1").toLowerCase(Locale.ROOT);
  }
}
