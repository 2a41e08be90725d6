package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.map.Basemap;
import io.shouwang.map.MapPlan;
import io.shouwang.map.SmallTiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section map of gateway.yaml: its example, its files, and what is said of mistakes. */
class MapYamlTest {
  private static final Path CONFIG = Path.of("..", "config");
  private static final String OUTLINES =
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"kind":"area","area":"j-hehua"},"geometry":{"type":"Point","coordinates":[120.8,32]}},
      {"type":"Feature","properties":{"kind":"area","area":"nowhere"},"geometry":{"type":"Point","coordinates":[120.8,32]}}
      ]}
      """;

  @TempDir Path directory = Path.of("");

  @BeforeEach
  void copyGood() throws IOException {
    for (String file : List.of("ladders.yaml", "rules.yaml")) {
      Files.copy(CONFIG.resolve(file), directory.resolve(file));
    }
    Files.createDirectories(directory.resolve("registry"));
    for (String file :
        List.of("areas", "homes", "elders", "devices", "responders", "contacts", "operators")) {
      Files.copy(
          CONFIG.resolve("registry").resolve(file + ".csv"),
          directory.resolve("registry").resolve(file + ".csv"));
    }
    Files.createDirectories(directory.resolve("map"));
    Files.createDirectories(directory.resolve("secrets"));
    Files.write(directory.resolve("map/city.pmtiles"), SmallTiles.file("云锦"));
    Files.writeString(directory.resolve("map/outlines.geojson"), OUTLINES);
    Path key =
        Files.writeString(
            directory.resolve("secrets/tianditu"), "0123456789abcdef0123456789abcdef\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private MapPlan read(String gateway) throws IOException {
    Files.writeString(directory.resolve("gateway.yaml"), gateway);
    return switch (ConfigReader.read(directory, Map.of())) {
      case ConfigReading.Accepted accepted -> accepted.settings().gateway().map();
      case ConfigReading.Refused refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  private String refused(String gateway) throws IOException {
    Files.writeString(directory.resolve("gateway.yaml"), gateway);
    return switch (ConfigReader.read(directory, Map.of())) {
      case ConfigReading.Accepted _ -> throw new AssertionError("accepted");
      case ConfigReading.Refused refused ->
          String.join("\n", refused.problems().stream().map(Object::toString).toList());
    };
  }

  /**
   * The section that stands in gateway.yaml as comments; deeper comments, of the other bases, too.
   */
  private static String example(boolean others) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(CONFIG.resolve("gateway.yaml"))) {
      inside |= line.equals("# map:");
      if (inside && line.isEmpty()) {
        break;
      }
      if (inside) {
        String once = line.replaceFirst("# ?", "");
        lines.add(others ? once.replaceFirst("^  # (tianditu:|wmts:|  [a-z_]+: )", "  $1") : once);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  @Test
  void theExampleIsRead() throws IOException {
    assertNull(read("").outlines());
    assertInstanceOf(Basemap.None.class, read("").base());
    MapPlan plan = read(example(false));
    assertEquals(2, Objects.requireNonNull(plan.outlines()).areas().size());
    assertEquals(new MapPlan.View(32.06, 120.86, 12), plan.view());
    Basemap.Pmtiles pmtiles = assertInstanceOf(Basemap.Pmtiles.class, plan.base());
    assertEquals(directory.resolve("map/city.pmtiles"), pmtiles.file());
    String all = refused(example(true));
    assertTrue(all.contains("map.tianditu stands beside map.pmtiles; keep one of them"), all);
    assertEquals(1, all.lines().count(), all);
  }

  @Test
  void eachBaseIsRead() throws IOException {
    Basemap.Tianditu tianditu =
        assertInstanceOf(
            Basemap.Tianditu.class,
            read("map:\n  tianditu:\n    key_file: secrets/tianditu\n").base());
    assertEquals("0123456789abcdef0123456789abcdef", tianditu.key());
    assertEquals("天地图", tianditu.attribution());
    assertEquals(8, tianditu.origins().size());
    Basemap.Wmts wmts =
        assertInstanceOf(
            Basemap.Wmts.class,
            read("""
            map:
              wmts:
                url: https://{s}.example.org:8443/wmts?l=v&m={z}&r={y}&c={x}
                subdomains: [a, b]
                max_zoom: 20
            """)
                .base());
    assertEquals(
        List.of("https://a.example.org:8443", "https://b.example.org:8443"), wmts.origins());
    assertEquals(20, wmts.zoomMax());
    assertFalse(wmts.toString().contains("wmts?"));
    Basemap plain = read("map:\n  wmts:\n    url: http://10.1.2.3/{z}/{x}/{y}.png\n").base();
    assertEquals(List.of("http://10.1.2.3"), plain.origins());
  }

  @Test
  void mistakesAreSaidWithTheirPlace() throws IOException {
    Files.writeString(
        directory.resolve("map/bad.geojson"),
        OUTLINES.replace("area\",\"area\":\"nowhere", "moat"));
    Files.writeString(directory.resolve("map/none.pmtiles"), "no tiles");
    Files.writeString(directory.resolve("secrets/open"), "0123456789abcdef");
    Files.setPosixFilePermissions(
        directory.resolve("secrets/open"), PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(
        """
        gateway.yaml:4:11 map.pmtiles.file names "map/none.pmtiles", which is no PMTiles file of version 3; make one with tippecanoe, planetiler or pmtiles convert
        gateway.yaml:6:10 map.view.lat is 132; it must be from -85 to 85
        gateway.yaml:6:5 map.view.lon is missing; write degrees WGS-84
        map/bad.geojson:3:1 feature 2 is of kind "moat" by its properties; known are: area, green, water, rail, road, building, place\
        """
            .lines()
            .sorted()
            .toList(),
        refused(
                """
                map:
                  outlines: map/bad.geojson
                  pmtiles:
                    file: map/none.pmtiles
                  view:
                    lat: 132
                """)
            .lines()
            .sorted()
            .toList());
    assertTrue(
        refused("map:\n  outlines: map/absent.geojson\n")
            .startsWith(
                "gateway.yaml:2:13 map.outlines names \"map/absent.geojson\", which can't be read"));
    assertTrue(
        refused("map:\n  tianditu:\n    key_file: secrets/open\n")
            .contains("which others may read"));
    assertTrue(refused("map:\n  tiles: x\n").contains("there is no setting \"map.tiles\""));
  }

  @Test
  void anAddressThatABrowserMayNotGoToIsRefusedAndNeverShown() throws IOException {
    for (String url :
        List.of(
            "https://map.example.org/{z}/{x}.png",
            "https://user:geheim@map.example.org/{z}/{x}/{y}.png",
            "ftp://map.example.org/{z}/{x}/{y}.png",
            "//map.example.org/{z}/{x}/{y}",
            "https://{s}.example.org/{z}/{x}/{y}?geheim",
            "https://{host}.example.org/{z}/{x}/{y}",
            "\"https://map.example.org; script-src *; /{z}/{x}/{y}\"",
            "\"https://map.example.org/{z}/{x}/{y} https://other.example.org\"",
            "https://*/{z}/{x}/{y}")) {
      String said = refused("map:\n  wmts:\n    url: " + url + "\n");
      assertTrue(
          said.startsWith("gateway.yaml:3:10 map.wmts.url can't be used"), url + ": " + said);
      assertFalse(said.contains("geheim"), said);
    }
  }

  @Test
  void checkConfigWarnsOfWhatTheLawWantsSaidAndOfAreasThatAreNot() throws IOException {
    String warned =
        warnings(
            "map:\n  outlines: map/outlines.geojson\n  tianditu:\n    key_file: secrets/tianditu\n");
    assertTrue(warned.contains("map.tianditu.attribution names no map approval number"), warned);
    assertTrue(
        warned.contains("map.outlines has areas that areas.csv doesn't have: nowhere;"), warned);
    assertFalse(warned.contains("0123456789abcdef"), warned);
    assertTrue(
        warnings("map:\n  wmts:\n    url: http://10.1.2.3/{z}/{x}/{y}.png\n")
            .contains("is not https"));
    assertFalse(warnings("").contains("map."));
  }

  private String warnings(String gateway) throws IOException {
    Files.writeString(directory.resolve("gateway.yaml"), gateway);
    StringWriter text = new StringWriter();
    assertEquals(0, ConfigCheck.run(directory, new PrintWriter(text)), text.toString());
    return text.toString();
  }
}
