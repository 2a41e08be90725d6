package io.shouwang.sim.district;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.district.Simulation.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be relied on in the generated files. */
final class SimulationTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    assertEquals(texts(generate("a", 12, 20, 7)), texts(generate("b", 12, 20, 7)));
    assertNotEquals(texts(folder.resolve("a")), texts(generate("c", 12, 20, 8)));
  }

  @Test
  void aHomesLifeDoesNotDependOnHowManyOthersThereAre() throws IOException {
    Path few = generate("few", 4, 25, 3);
    Path many = generate("many", 30, 25, 3);
    for (String file : List.of("events.csv", "truth.csv", "lives.csv")) {
      assertEquals(lines(few, file), ofFirst(4, lines(many, file)), file);
      assertTrue(lines(few, file).size() * 4 < lines(many, file).size(), file);
    }
    for (String file : List.of("homes.csv", "elders.csv", "devices.csv", "fences.csv")) {
      String path = "registry/" + file;
      assertEquals(lines(few, path), ofFirst(4, lines(many, path)), file);
    }
  }

  @Test
  void aLongerRunBeginsLikeAShortOne() throws IOException {
    List<String> brief = lines(generate("brief", 6, 9, 5), "events.csv");
    List<String> lengthy = lines(generate("long", 6, 15, 5), "events.csv");
    assertTrue(brief.size() > 3_000, "only " + brief.size());
    assertEquals(brief, lengthy.subList(0, brief.size()));
  }

  @Test
  void rowsComeInTheOrderInWhichTheGatewayHeardThem() throws IOException {
    Path run = generate("run", 4, 220, 2);
    Set<String> devices = ids(run, "registry/devices.csv");
    long last = 0;
    int late = 0;
    int lost = 0;
    for (String line : body(run, "events.csv")) {
      String received = line.substring(line.lastIndexOf(',') + 1);
      String[] fields = line.split(",", 4);
      long heard = OffsetDateTime.parse(received).toEpochSecond();
      long claimed = OffsetDateTime.parse(fields[0]).toEpochSecond();
      assertTrue(heard >= last, line);
      assertTrue(devices.contains(fields[1]), line);
      last = heard;
      late += heard - claimed > 300 && heard - claimed < 36_000 ? 1 : 0;
      lost += claimed < 86_400 ? 1 : 0;
    }
    assertTrue(late > 20, "events delivered late: " + late);
    assertTrue(lost < body(run, "events.csv").size() / 100, "clocks in 1970: " + lost);
  }

  @Test
  void everyTruthNamesPeopleAndDevicesOfTheRegistry() throws IOException {
    Path run = generate("run", 20, 150, 4);
    Set<String> homes = ids(run, "registry/homes.csv");
    Set<String> elders = ids(run, "registry/elders.csv");
    Set<String> devices = ids(run, "registry/devices.csv");
    Set<String> kinds = new HashSet<>();
    for (String line : body(run, "truth.csv")) {
      String[] fields = line.split(",", -1);
      assertEquals(7, fields.length, line);
      assertTrue(homes.contains(fields[1]), line);
      assertTrue(fields[2].isEmpty() || elders.contains(fields[2]), line);
      assertTrue(fields[3].isEmpty() || devices.contains(fields[3]), line);
      assertTrue(!OffsetDateTime.parse(fields[5]).isBefore(OffsetDateTime.parse(fields[4])), line);
      kinds.add(fields[0]);
    }
    for (String kind :
        List.of(
            "collapse",
            "lie_down",
            "away",
            "hospital",
            "visitor",
            "wandering",
            "device_offline",
            "network_outage",
            "battery_low",
            "not_worn",
            "illness",
            "missed_checkin",
            "sos",
            "cooking_smoke",
            "fall_detected")) {
      assertTrue(kinds.contains(kind), kind + " never happened: " + kinds);
    }
  }

  private Path generate(String name, int homes, int days, long seed) throws IOException {
    Path out = folder.resolve(name);
    Plan plan =
        new Plan(homes, days, seed, LocalDate.of(2025, 1, 20), ZoneId.of("Asia/Shanghai"), 2);
    new Simulation(plan).write(out, day -> assertTrue(day > 0));
    return out;
  }

  private static List<String> lines(Path run, String file) throws IOException {
    return Files.readAllLines(run.resolve(file));
  }

  private static List<String> body(Path run, String file) throws IOException {
    List<String> lines = lines(run, file);
    return lines.subList(1, lines.size());
  }

  private static Set<String> ids(Path run, String file) throws IOException {
    Set<String> ids = new HashSet<>();
    for (String line : body(run, file)) {
      ids.add(line.substring(0, line.indexOf(',')));
    }
    return ids;
  }

  /** The header and the lines that are about the first homes. */
  private static List<String> ofFirst(int homes, List<String> lines) {
    return lines.stream().filter(line -> homeOf(line) <= homes).toList();
  }

  private static int homeOf(String line) {
    for (String field : line.split(",", 4)) {
      if (field.matches("(f-)?[a-z]+-[0-9]{5}(-.*)?")) {
        return Integer.parseInt(field.replaceAll("^(f-)?[a-z]+-", "").substring(0, 5));
      }
    }
    return 0;
  }

  private static Map<String, String> texts(Path run) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(run.relativize(file).toString(), Files.readString(file));
      }
    }
    assertEquals(11, texts.size(), texts.keySet().toString());
    return texts;
  }
}
