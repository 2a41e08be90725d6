package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  void anAuditThatCanRingNobodyIsAWarning() {
    List<String> lines = run();
    assertEquals(0, exitCode);
    assertTrue(
        lines.contains(
            "gateway.yaml: warning: audit.alarms is empty: when the engine itself is unwell, nobody"
                + " is rung; name a channel and an address"),
        lines.toString());
  }

  @Test
  void aCountyCalledLikeAResponderIsAWarning() throws IOException {
    Path secret = directory.resolve("levels.secret");
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    Files.writeString(
        directory.resolve("levels.yaml"),
        """
        id: city
        counties:
          - id: demo-desk
            area: x-yunjin
            url: https://county.example.org
            secret_file: levels.secret
        """);
    List<String> lines = run();
    assertEquals(0, exitCode, lines.toString());
    assertTrue(
        lines.contains(
            "warning: levels.yaml county demo-desk is called like a responder, whose promise would"
                + " take the place of the county's; give one of them another id"),
        lines.toString());
  }

  @Test
  void aRungThatRingsNobodySomewhereIsAWarning() {
    List<String> lines = run();
    assertTrue(
        lines.contains(
            "warning: rung 2 of ladder other rings nobody for 3 (h-002, h-004, h-005); name"
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

  @Test
  void anElderWhomOnlyDesksCouldComeToAtNightIsAWarning() throws IOException {
    Path contacts = directory.resolve("registry/contacts.csv");
    Files.writeString(
        contacts,
        Files.readString(contacts)
            .replaceAll("(?m)^demo-grid.*\n", "")
            .replaceAll("(?m)^demo-cadre.*\n", ""));
    List<String> lines = run();
    assertEquals(0, exitCode);
    assertTrue(
        lines.contains(
            "warning: only desks and service organizations can be rung between 23:00 and 06:00 for"
                + " 3 (e-002, e-005, e-006); name a relative, a neighbour or a grid worker in"
                + " contacts.csv"),
        lines.toString());
  }

  @Test
  void everyElderOfTheDemoHasSomebodyAtNight() {
    assertTrue(run().stream().noneMatch(line -> line.contains("23:00")));
  }

  @Test
  void aHomeOutsideOfItsOwnFenceIsAWarning() throws IOException {
    Path fences = directory.resolve("registry/fences.csv");
    Files.writeString(
        fences,
        Files.readString(fences).replace("circle 32.0598 120.8601 800", "circle 32.1 120.9 800")
            + "f-003-pond,e-003,池塘,danger,circle 32.0605 120.8610 500\n");
    List<String> lines = run();
    assertEquals(0, exitCode);
    assertTrue(
        lines.contains(
            "warning: the home lies outside of every safe fence of 1 (e-001); correct fences.csv or"
                + " lat and lon in homes.csv"),
        lines.toString());
    assertTrue(
        lines.contains(
            "warning: the home lies inside a dangerous fence of 1 (e-003); correct fences.csv or"
                + " lat and lon in homes.csv"),
        lines.toString());
  }

  @Test
  void anOverrideForWhomTheRegistryDoesNotKnowIsAWarningWithItsPlace() throws IOException {
    StringBuilder rules =
        new StringBuilder("overrides:\n  - area: s-xinghe-9\n    devices: {enabled: false}\n");
    for (int i = 0; i < 25; i++) {
      rules.append("  - home: x-").append(i).append("\n    devices: {enabled: false}\n");
    }
    rules.append("  - elder: e-006\n    devices: {enabled: false}\n");
    Files.writeString(directory.resolve("rules.yaml"), rules);
    List<String> lines = run();
    assertEquals(0, exitCode);
    assertTrue(
        lines.contains(
            "warning: rules.yaml:2:11 the registry has no area s-xinghe-9; correct the id, or"
                + " remove the override; it changes nothing"),
        lines.toString());
    assertEquals(
        20, lines.stream().filter(line -> line.contains("has no home x-")).count(), "bounded");
    assertTrue(lines.contains("warning: and 5 more like these"), lines.toString());
    assertTrue(lines.stream().noneMatch(line -> line.contains("elder e-006")));
  }

  @Test
  void anOverrideThatMakesNoSenseOverAnAreasIsAWarningAndChangesNothing() throws IOException {
    Files.writeString(
        directory.resolve("rules.yaml"),
        """
        overrides:
          - area: s-xinghe
            inactivity: {waking_from: "10:00"}
          - home: h-005
            inactivity: {waking_to: "09:30"}
          - home: h-001
            inactivity: {waking_to: "09:30"}
        """);
    List<String> lines = run();
    assertEquals(0, exitCode);
    assertEquals(
        List.of(
            "warning: rules.yaml:5:17 inactivity makes no sense as a whole: waking_to must be later"
                + " than waking_from; change one of these values, or both"),
        lines.stream().filter(line -> line.contains("makes no sense")).toList());
  }

  private List<String> run() {
    StringWriter text = new StringWriter();
    exitCode = ConfigCheck.run(directory, new PrintWriter(text));
    return text.toString().lines().toList();
  }
}
