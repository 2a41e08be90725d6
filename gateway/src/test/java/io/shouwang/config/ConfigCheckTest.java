package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check-config}, on copies of the configuration that comes with the gateway. */
class ConfigCheckTest {
  @TempDir Path directory = Path.of("");
  private int exitCode;

  @BeforeEach
  void copyDemo() throws IOException {
    Path from = Path.of("..", "config");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = directory.resolve(from.relativize(file).toString());
        Files.createDirectories(to.resolveSibling("."));
        Files.copy(file, to);
      }
    }
  }

  @Test
  void aGoodConfigurationIsSummedUpInOneLine() {
    List<String> lines = run();
    assertEquals(0, exitCode);
    String last = lines.getLast();
    assertTrue(
        last.matches(
            "ok: 5 homes, 6 elders, 12 devices, 10 responders, 8 areas, 1 operator; registry"
                + " [0-9a-f]{12}, rules [0-9a-f]{12}"),
        last);
  }

  @Test
  void aRungThatRingsNobodySomewhereIsAWarning() {
    List<String> lines = run();
    assertTrue(
        lines.contains(
            "warning: rung 1 of ladder other rings nobody for 3 (h-002, h-004, h-005); name"
                + " somebody in contacts.csv for one of its roles: relative"),
        lines.toString());
    assertTrue(
        lines.contains(
            "warning: rung 3 of ladder emergency rings nobody for 5 (h-001, h-002, h-003, …); name"
                + " somebody in contacts.csv for one of its roles: property_company, volunteer,"
                + " rescue_team"),
        lines.toString());
  }

  @Test
  void aDeviceWithoutAHomeIsAWarning() throws IOException {
    Path devices = directory.resolve("registry/devices.csv");
    Files.writeString(devices, Files.readString(devices) + "spare-1,button,,,,\n");
    List<String> lines = run();
    assertEquals(0, exitCode);
    assertTrue(
        lines.contains(
            "warning: no home for 1 (spare-1); an alarm of theirs rings the topmost duty desk"
                + " alone; fill in home in devices.csv"),
        lines.toString());
  }

  @Test
  void problemsOfYamlAndCsvComeTogether() throws IOException {
    Files.writeString(directory.resolve("rules.yaml"), "late_after: 2\n");
    Path homes = directory.resolve("registry/homes.csv");
    Files.writeString(homes, Files.readString(homes) + "h-9,Road 9,nowhere,,,,,\n");
    assertEquals(
        List.of(
            "rules.yaml:1:13 late_after is \"2\", which is no duration; write a whole number and"
                + " its unit, like 30s, 5m, 24h or 7d",
            "registry/homes.csv:7 area \"nowhere\" is no area; add it to areas.csv or correct it",
            "2 problems"),
        run());
    assertEquals(1, exitCode);
  }

  @Test
  void aRoleNobodyKnowsIsFoundInContacts() throws IOException {
    Path contacts = directory.resolve("registry/contacts.csv");
    Files.writeString(contacts, Files.readString(contacts).replace(",neighbour,n", ",neighbor,n"));
    List<String> lines = run();
    assertEquals(1, exitCode);
    assertTrue(
        lines
            .getFirst()
            .startsWith(
                "registry/contacts.csv:5 role \"neighbor\" is no role; did you mean"
                    + " \"neighbour\"?"),
        lines.toString());
  }

  private List<String> run() {
    StringWriter text = new StringWriter();
    exitCode = ConfigCheck.run(directory, new PrintWriter(text));
    return text.toString().lines().toList();
  }
}
