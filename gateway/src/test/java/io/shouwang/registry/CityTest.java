package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Role;
import io.shouwang.registry.RegistryFolder.Import;
import io.shouwang.simulation.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole city: a million homes with {@code -Dfull=true}, two thousand without. */
class CityTest {
  private static final int HOMES_PER_GRID = 400;

  private static final int HOMES = Seed.full() ? 1_000_000 : 2_000;

  @Test
  void aCityIsImportedInUnderAMinuteAndTwoGigabytes(@TempDir Path data) throws IOException {
    Random random = Seed.of("CityTest").random();
    RegistryFolder folder = new RegistryFolder(new RealDisk(), data);
    RegistrySource city = loaded(city(HOMES, random));
    long before = usedBytes();
    long start = Clock.SYSTEM.nanos();
    RegistryStore store = new RegistryStore(new RealDisk(), data.resolve("registry"));
    Registry registry = TestRegistry.accepted(store.store(city, TestRegistry.ROLES));
    double seconds = secondsSince(start);
    long bytes = usedBytes() - before;
    System.out.printf(
        "measured: parse, check and write %s in %.1f s, %d MB in memory%n",
        registry.counts(), seconds, bytes >> 20);
    check(registry, HOMES);
    assertTrue(seconds < 60, "seconds: " + seconds);
    assertTrue(bytes < 2L << 30, "bytes: " + bytes);

    start = Clock.SYSTEM.nanos();
    assertInstanceOf(Import.Imported.class, folder.importFrom(city, TestRegistry.ROLES));
    System.out.printf("measured: a whole import with its secrets in %.1f s%n", secondsSince(start));
    start = Clock.SYSTEM.nanos();
    Registry loaded = folder.load(registry.hash());
    System.out.printf("measured: load in %.1f s%n", secondsSince(start));
    assertEquals(registry.counts(), loaded.counts());
    edit(folder, loaded);
    before = usedBytes();
    start = Clock.SYSTEM.nanos();
    Secrets secrets = folder.secrets();
    System.out.printf(
        "measured: %d secrets loaded in %.1f s, %d MB in memory%n",
        secrets.size(), secondsSince(start), (usedBytes() - before) >> 20);
    start = Clock.SYSTEM.nanos();
    for (int i = 0; i < HOMES; i++) {
      assertFalse(secrets.match("d-" + i, new byte[] {1}));
    }
    System.out.printf("measured: %d logins in %.1f s%n", HOMES, secondsSince(start));
    start = Clock.SYSTEM.nanos();
    long found = 0;
    for (int i = 0; i < HOMES; i++) {
      found += registry.placement(new DeviceId("d-" + i)) == null ? 0 : 1;
      found += registry.home(new HomeId("h-" + i)) == null ? 0 : 1;
    }
    assertEquals(2L * HOMES, found);
    System.out.printf("measured: %d look-ups in %.1f s%n", found, secondsSince(start));
  }

  /** A few edits, one after the other: each is checked against the whole, and durable. */
  private static void edit(RegistryFolder folder, Registry city) throws IOException {
    Registry now = city;
    double longest = 0;
    for (int i = 0; i < 5; i++) {
      Entry before = now.entry(Section.ELDERS, "e-" + i);
      Map<String, String> row = new HashMap<>(before.rows().getFirst());
      row.put("notes", "edited " + i);
      Entry after = new Entry(Section.ELDERS, "e-" + i, List.of(row));
      long start = Clock.SYSTEM.nanos();
      RegistryFolder.Made made =
          folder.amend(
              now,
              List.of(Change.of(Instant.EPOCH, "user:feng", before, after)),
              TestRegistry.ROLES);
      longest = Math.max(longest, secondsSince(start));
      assertEquals(List.of(), made.problems());
      now = Objects.requireNonNull(made.registry());
    }
    long bytes = usedBytes();
    assertEquals("edited 4", Objects.requireNonNull(now.elder(new ElderId("e-4"))).notes());
    System.out.printf(
        "measured: the slowest of 5 edits in %.2f s, %d MB in memory with both%n",
        longest, bytes >> 20);
    assertTrue(longest < 10, "seconds: " + longest);
  }

  private static void check(Registry registry, int homes) {
    assertEquals(homes, registry.counts().homes());
    assertEquals(homes + homes * 15 / 100, registry.counts().elders());
    assertEquals(homes * 2, registry.counts().devices());
    assertEquals(homes, registry.homesIn(new AreaId("city")).count());
    for (int i = 0; i < homes; i += Math.max(1, homes / 1_000)) {
      HomeId home = new HomeId("h-" + i);
      var placement = registry.placement(new DeviceId("d-" + i));
      assertNotNull(placement);
      assertEquals(home, placement.home());
      assertTrue(registry.devicesOf(home).contains(new DeviceId("d-" + i)));
      assertEquals(
          "r-" + i,
          registry
              .contacts(home, Set.copyOf(elders(registry, home)), new Role("relative"))
              .getFirst()
              .responder()
              .value());
      assertEquals("desk", registry.desks(home).getFirst().getFirst().responder().value());
    }
  }

  private static List<ElderId> elders(Registry registry, HomeId home) {
    var found = registry.home(home);
    assertNotNull(found);
    return found.elders();
  }

  private static double secondsSince(long start) {
    return (Clock.SYSTEM.nanos() - start) / 1e9;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** All files made beforehand, so that making them is not measured. */
  private static RegistrySource loaded(RegistrySource source) throws IOException {
    TestRegistry files = new TestRegistry();
    for (String file : RegistrySource.FILES) {
      byte[] bytes = source.bytes(file);
      assertNotNull(bytes);
      files.with(file, bytes);
    }
    return files.source();
  }

  private static RegistrySource city(int homes, Random random) {
    return file -> {
      StringBuilder text = new StringBuilder();
      switch (file) {
        case "areas.csv" -> {
          text.append("id,name,parent,level\ncity,云锦市,,city\n");
          for (int i = 0; i <= homes / HOMES_PER_GRID; i++) {
            text.append("g-").append(i).append(",第").append(i).append("网格,city,grid\n");
          }
        }
        case "homes.csv" -> {
          text.append("id,address,area,phone,access\n");
          for (int i = 0; i < homes; i++) {
            text.append("h-").append(i).append(",\"荷花街道桃花里").append(random.nextInt(200));
            text.append("号楼, ").append(random.nextInt(30)).append("层\",g-");
            text.append(i / HOMES_PER_GRID).append(",000-").append(10_000_000 + i);
            text.append(",备用钥匙在邻居家\n");
          }
        }
        case "elders.csv" -> {
          text.append("id,home,name,birth_year,phone,category,ability,notes\n");
          for (int i = 0; i < homes + homes * 15 / 100; i++) {
            text.append("e-").append(i).append(",h-").append(i % homes).append(",林秀英,");
            text.append(1925 + random.nextInt(40)).append(",100-").append(10_000_000 + i);
            text.append(",living_alone,mostly_able,高血压\n");
          }
        }
        case "devices.csv" -> {
          text.append("id,type,home,elder,hub,model\n");
          for (int i = 0; i < homes * 2; i++) {
            text.append("d-").append(i).append(i < homes ? ",button,h-" : ",smoke,h-");
            text.append(i % homes).append(i < homes ? ",e-" + i : ",").append(",,K-7\n");
          }
        }
        case "responders.csv" -> {
          text.append("id,name,phone,language\ndesk,值班台,1,zh\n");
          for (int i = 0; i < homes; i++) {
            text.append("r-").append(i).append(",林晓梅,100-").append(i).append(",zh\n");
          }
        }
        case "contacts.csv" -> {
          text.append("responder,role,relation,elder,home,area\ndesk,duty_desk,,,,city\n");
          for (int i = 0; i < homes; i++) {
            text.append("r-").append(i).append(",relative,daughter,e-").append(i).append(",,\n");
          }
        }
        default -> text.append("id,name,roles,area\n");
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    };
  }
}
