package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.ElderId;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.Point;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fences, where homes lie, and what is said of mistakes in them. */
class FencesTest {
  private static final String HEAD = "id,elder,name,kind,shape\n";
  private static final ElderId E1 = new ElderId("e1");

  @Test
  void circlesAndPolygonsBelongToTheirElderInOrder() {
    Registry registry =
        with(
            """
            f1,e1,around,safe,circle 32.06 120.86 500
            f2,e2,yard,safe,circle 32 120 20
            f3,e1,river,danger,polygon 32.05 120.85; 32.05 120.87;32.051 120.87
            """);
    assertEquals(
        List.of(
            fence("f1", "around", Fence.Kind.SAFE, 500, new Point(32.06, 120.86)),
            fence(
                "f3",
                "river",
                Fence.Kind.DANGER,
                0,
                new Point(32.05, 120.85),
                new Point(32.05, 120.87),
                new Point(32.051, 120.87))),
        registry.fences(E1));
    assertEquals(List.of(), registry.fences(new ElderId("e9")));
    assertEquals(3, registry.counts().fences());
  }

  @Test
  void aClosedPolygonHasItsFirstCornerOnce() {
    Registry registry = with("f1,e1,yard,safe,polygon 1 1; 1 1.01; 1.01 1; 1 1\n");
    assertEquals(3, registry.fences(E1).getFirst().corners().size());
  }

  @Test
  void theDemoDistrictHasFencesAroundItsElder() {
    Registry demo = TestRegistry.demo();
    var home = demo.home(new HomeId("h-001"));
    assertNotNull(home);
    Point at = home.at();
    assertNotNull(at);
    List<Fence> fences = demo.fences(new ElderId("e-001"));
    assertEquals(2, fences.size());
    assertTrue(fences.getFirst().outsideM(at) < -100);
    assertTrue(fences.getLast().outsideM(at) > 100);
    assertEquals("桃花里12号楼", home.building());
  }

  @Test
  void mistakesNameRowColumnAndRemedy() {
    check(
        "f1,e9,a,safe,circle 1 1 100\n",
        "elder \"e9\" is no elder; add it to elders.csv or correct it");
    check("f1,e1,,safe,circle 1 1 100\n", "name is empty; fill it in");
    check(
        "f1,e1,a,river,circle 1 1 100\n",
        "kind \"river\" is no kind of fence; write safe (leaving it rings) or danger (entering it"
            + " rings)");
    check(
        "f1,e1,a,safe,square 1 1 100\n",
        "shape \"square 1 1 100\" is no shape; write circle LAT LON RADIUS_M, or polygon LAT LON; LAT"
            + " LON; LAT LON");
    check(
        "f1,e1,a,safe,circle 120.86 32.06 100\n",
        "shape \"circle 120.86 32.06 100\" has a latitude of 120.86, beyond -90..90; latitude comes"
            + " first: did you swap the two?");
    check(
        "f1,e1,a,safe,circle 32.06 220.86 100\n",
        "shape \"circle 32.06 220.86 100\" has a longitude of 220.86, beyond -180..180; correct it");
    check(
        "f1,e1,a,safe,circle 32.06 120.86 5\n",
        "shape \"circle 32.06 120.86 5\" has a radius of 5 m; write 20 to 50000 metres");
    check(
        "f1,e1,a,safe,circle 32.06 120.86 60000\n",
        "shape \"circle 32.06 120.86 60000\" has a radius of 60000 m; write 20 to 50000 metres");
    check(
        "f1,e1,a,safe,circle 32.06 120.86\n",
        "shape \"circle 32.06 120.86\" is no circle; write circle LAT LON RADIUS_M, such as circle"
            + " 32.0601 120.8804 500");
    check(
        "f1,e1,a,safe,circle NaN 120.86 500\n",
        "shape \"circle NaN 120.86 500\" has \"NaN\", which is no number of degrees; write degrees"
            + " with a decimal point, such as 32.0601 120.8804");
    check(
        "f1,e1,a,safe,polygon 1 1; 1 1.01\n",
        "shape \"polygon 1 1; 1 1.01\" has 2 corners; write 3 to 100 different ones");
    check(
        "f1,e1,a,safe,polygon 1 1; 1.01 1.01; 1.01 1; 1 1.01\n",
        "shape \"polygon 1 1; 1.01 1.01; 1.01 1; 1 1.01\" crosses itself: side 1 meets side 3 (a side"
            + " begins at the corner of its number); give the corners in the order one walks around"
            + " it, each once");
    check(
        "f1,e1,a,safe,polygon 1 1; 1.01\n",
        "shape \"polygon 1 1; 1.01\" has the corner \"1.01\"; write LAT LON with a blank between,"
            + " corners with ; between");
    check(
        "f1,e1,a,safe,polygon 1 1; 1 3; 3 3\n",
        "shape \"polygon 1 1; 1 3; 3 3\" is wider than 100 km; look for a corner with a wrong digit");
  }

  @Test
  void anIdTwiceAndTooManyForOneElder() {
    assertEquals(
        List.of(
            "fences.csv:3 id \"f1\" is given twice in this file; keep one of the rows, or give this"
                + " one its own"),
        problems("f1,e1,a,safe,circle 1 1 100\nf1,e2,b,safe,circle 1 1 100\n"));
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= 20; i++) {
      many.append("f%d,e1,a,safe,circle 1 1 100\n".formatted(i));
    }
    assertEquals(
        List.of(
            "fences.csv:22 elder \"e1\" has more than 20 fences; join some of them, or leave out the"
                + " least useful"),
        problems(many.toString()));
    StringBuilder corners = new StringBuilder("f1,e1,a,safe,polygon 0 0");
    for (int i = 0; i < 100; i++) {
      corners.append("; 0.01 ").append("0.%04d".formatted(i));
    }
    assertTrue(problems(corners + "\n").getFirst().contains(" has 101 corners; write 3 to 100"));
  }

  @Test
  void aHomeLiesSomewhereOrNowhereAndNotHalfway() {
    String head = "id,address,area,lat,lon,building\n";
    Registry registry =
        new TestRegistry()
            .with("homes.csv", head + "h1,R,g,32.0601234,-120.5,B 12\nh2,R,g,,,\n")
            .registry();
    var home = registry.home(new HomeId("h1"));
    assertNotNull(home);
    assertEquals(new Point(32.0601234, -120.5), home.at());
    assertEquals("B 12", home.building());
    var other = registry.home(new HomeId("h2"));
    assertNotNull(other);
    assertNull(other.at());
    assertEquals(
        List.of(
            "homes.csv:2 lon is empty; give both lat and lon, or neither",
            "homes.csv:3 lat \"120.86\" has a latitude of 120.86, beyond -90..90; latitude comes"
                + " first: did you swap the two?"),
        new TestRegistry()
            .with("homes.csv", head + "h1,R,g,32,,\nh2,R,g,120.86,32.06,\n")
            .problems());
  }

  @Test
  void anElderMayBeOfSeveralCategories() {
    Registry registry =
        new TestRegistry()
            .with(
                "elders.csv",
                "id,home,name,category\ne1,h1,Lin,living_alone  over_80 living_alone\ne2,h2,Chen,\n")
            .registry();
    var elder = registry.elder(E1);
    assertNotNull(elder);
    assertEquals(Set.of("living_alone", "over_80"), elder.categories());
    assertEquals(
        List.of(
            "elders.csv:2 category \"over_80 独居\" has \"独居\", which is no valid name; use 1 to 64 of"
                + " A-Z a-z 0-9 _ -, with blanks between several"),
        new TestRegistry()
            .with("elders.csv", "id,home,name,category\ne1,h1,Lin,over_80 独居\ne2,h2,Chen,\n")
            .problems());
  }

  @Test
  void aGenerationWithoutFencesKeepsItsHash() throws IOException {
    MessageDigest digest = RegistryReader.sha256();
    for (String file : RegistrySource.FILES) {
      byte[] bytes = new TestRegistry().source().bytes(file);
      assertNotNull(bytes);
      digest.update(file.getBytes(StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(8).putLong(bytes.length).flip());
      digest.update(bytes);
    }
    assertEquals(HexFormat.of().formatHex(digest.digest()), new TestRegistry().registry().hash());
    assertNotEquals(
        new TestRegistry().registry().hash(),
        new TestRegistry().with("fences.csv", HEAD).registry().hash());
  }

  @Test
  void fencesArePartOfTheirGenerationAndOfNoOther() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    RegistryFolder folder = new RegistryFolder(disk, Path.of("data"));
    String with = imported(folder, fences("f1,e1,a,safe,circle 1 1 100\n"));
    assertEquals(1, folder.load(with).fences(E1).size());
    String without = imported(folder, new TestRegistry());
    assertEquals(List.of(), folder.load(without).fences(E1));
    // What a broken import left behind belongs to nothing.
    disk.makeDirectory(Path.of("data/registry/unfinished"));
    DurableFile.write(
        disk,
        Path.of("data/registry/unfinished/fences.csv"),
        out -> out.write(HEAD.getBytes(StandardCharsets.UTF_8)));
    TestRegistry third =
        new TestRegistry().with("elders.csv", "id,home,name\ne1,h1,Lu\ne2,h2,Du\n");
    String hash = imported(folder, third);
    assertEquals(hash, folder.load(hash).hash());
  }

  private static String imported(RegistryFolder folder, TestRegistry files) throws IOException {
    return switch (folder.importFrom(files.source(), TestRegistry.ROLES)) {
      case RegistryFolder.Import.Imported imported -> imported.registry().hash();
      case RegistryFolder.Import.WouldUndo _, RegistryFolder.Import.Misfit _ ->
          throw new AssertionError("nothing was edited");
      case RegistryFolder.Import.Refused refused -> throw new AssertionError(refused.problems());
    };
  }

  private static Fence fence(
      String id, String name, Fence.Kind kind, double radiusM, Point... corners) {
    return new Fence(new Fence.FenceId(id), E1, name, kind, radiusM, List.of(corners));
  }

  private static TestRegistry fences(String rows) {
    return new TestRegistry().with("fences.csv", HEAD + rows);
  }

  private static Registry with(String rows) {
    return fences(rows).registry();
  }

  private static List<String> problems(String rows) {
    return fences(rows).problems();
  }

  private static void check(String row, String problem) {
    assertEquals(List.of("fences.csv:2 " + problem), problems(row));
  }
}
