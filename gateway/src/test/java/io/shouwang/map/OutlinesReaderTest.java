package io.shouwang.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.model.AreaId;
import io.shouwang.wording.District;
import io.shouwang.yaml.ConfigProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What outlines may be, and what is said of those that are not. */
class OutlinesReaderTest {
  private static final String RING = "[[[120,32],[121,32],[121,33],[120,32]]]";

  private final List<ConfigProblem> problems = new ArrayList<>();

  private Outlines read(String... features) {
    return readText(
        "{\"type\":\"FeatureCollection\",\"name\":\"x\",\"features\":[\n"
            + String.join(",\n", features)
            + "\n]}");
  }

  @SuppressWarnings("NullAway")
  private Outlines readText(String text) {
    return OutlinesReader.read("o.geojson", text.getBytes(StandardCharsets.UTF_8), problems);
  }

  private static String feature(String properties, String type, String coordinates) {
    return "{\"type\":\"Feature\",\"properties\":{"
        + properties
        + "},\"geometry\":{\"type\":\""
        + type
        + "\",\"coordinates\":"
        + coordinates
        + "}}";
  }

  private static String area(String properties) {
    return feature("\"kind\":\"area\"" + properties, "Polygon", RING);
  }

  private String said(String... features) {
    assertNull(read(features));
    return String.join("\n", problems.stream().map(ConfigProblem::toString).toList());
  }

  @Test
  void whatIsDrawnIsKeptAndNothingElse() throws Exception {
    Outlines outlines =
        read(
            area(",\"name\":\"东区\",\"area\":\"east\",\"level\":\"street\",\"owner\":\"secret\""),
            feature(
                "\"kind\":\"road\",\"class\":\"main\"", "LineString", "[[120,32],[121,33,4.5]]"),
            feature("\"kind\":\"place\",\"name\":null", "Point", "[120.5,32.5]"));
    assertEquals(List.of(), problems);
    assertEquals(Set.of(new AreaId("east")), outlines.areas());
    JsonNode kept = new ObjectMapper().readTree(outlines.json());
    assertEquals(3, kept.get("features").size());
    assertEquals("东区", kept.at("/features/0/properties/name").asText());
    assertEquals(4, kept.at("/features/0/geometry/coordinates/0").size());
    assertTrue(kept.at("/features/0/properties/owner").isMissingNode());
    assertTrue(kept.path("name").isMissingNode());
    assertEquals(16, outlines.hash().length());
    assertNotEquals(outlines.hash(), read(area("")).hash());
  }

  @Test
  void eachMistakeIsSaidWithItsLine() {
    String said =
        said(
            area(""),
            area(",\"area\":\"no such id\""),
            feature("\"kind\":\"wall\"", "Polygon", RING),
            feature(
                "\"kind\":\"area\",\"name\":\"长区\"", "Polygon", "[[[120,32],[121,32],[121,33]]]"),
            feature("\"kind\":\"place\"", "Point", "[32.05,120.86]"),
            feature("\"kind\":\"road\"", "LineString", "[[40512345,3548123],[1,2]]"),
            feature("\"kind\":\"road\"", "LineString", "[[1,2]]"),
            feature("\"kind\":\"road\"", "GeometryCollection", "[]"),
            "{\"type\":\"Thing\"}");
    assertEquals(
        """
        o.geojson:3:1 feature 2 has area "no such id"; name an area by its id in areas.csv
        o.geojson:4:1 feature 3 is of kind "wall" by its properties; known are: area, green, water, rail, road, building, place
        o.geojson:5:1 feature 4 (长区) has a polygon whose last position isn't its first; close it by its first position
        o.geojson:6:1 feature 5 has position "[32.05,120.86]"; write [longitude, latitude] in degrees WGS-84
        o.geojson:7:1 feature 6 has position "[40512345,3548123]"; write [longitude, latitude] in degrees WGS-84
        o.geojson:8:1 feature 7 has a line of one position; a line has two or more
        o.geojson:9:1 feature 8 has a geometry of type "GeometryCollection"; use Point, LineString, MultiLineString, Polygon or MultiPolygon
        o.geojson:10:1 feature 9 is no Feature; write "type": "Feature"
        """
            .strip(),
        said);
  }

  @Test
  void whatIsNoGeoJsonSaysWhere() {
    assertNull(readText("[1]"));
    assertNull(readText("{\"type\":\"FeatureCollection\"}"));
    assertNull(readText("{\"features\":[\n" + area("") + ",\n{\"type\""));
    assertNull(readText(""));
    assertEquals(4, problems.size(), problems.toString());
    assertEquals(3, problems.get(2).line());
  }

  @Test
  void itIsBounded() {
    assertNull(read(tooMany()));
    assertTrue(problems.getLast().what().contains("200000 positions"), problems.toString());
    problems.clear();
    String[] wrong = new String[50];
    java.util.Arrays.fill(wrong, "{}");
    assertNull(read(wrong));
    assertEquals(21, problems.size());
    problems.clear();
    assertNull(OutlinesReader.read("o", new byte[OutlinesReader.FILE_BYTES_MAX + 1], problems));
    assertEquals(1, problems.size());
  }

  private static String tooMany() {
    String line = "[" + "[120,32],".repeat(OutlinesReader.POSITIONS_MAX + 1) + "[120,32]]";
    return feature("\"kind\":\"road\"", "LineString", line);
  }

  /** The city that comes with the program is drawn only where the registry speaks of it. */
  @Test
  void theMadeUpCityIsWholeAndIsNobodyElses() {
    Outlines city = Outlines.madeUp();
    assertNotNull(city);
    assertEquals(
        Set.of(
            "c-yunjin",
            "x-linjiang",
            "j-hehua",
            "s-taohua",
            "s-xinghe",
            "g-taohua-1",
            "g-taohua-2",
            "g-xinghe-1"),
        Set.copyOf(city.areas().stream().map(AreaId::value).toList()));
    assertNull(MapPlan.STANDARD.outlines(new District()));
    Outlines own = read(area(""));
    assertEquals(own, new MapPlan(own, new Basemap.None(), null).outlines(new District()));
  }
}
