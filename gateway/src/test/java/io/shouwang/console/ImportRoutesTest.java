package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry brought in over HTTP: checked, looked at, activated, taken back. */
class ImportRoutesTest {
  private static final String IMPORTS = "/api/v1/imports";
  private static final String ADMIN = Site.bearer("admin");
  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static Site.Reply send(Site site, byte[] zip) throws Exception {
    return site.send(
        site.request(IMPORTS, ADMIN)
            .header("Content-Type", "application/zip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(zip)));
  }

  private static Site.Reply activate(Site site, String id, String body) throws Exception {
    return site.send(
        site.request(IMPORTS + "/" + id + "/activation", ADMIN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode until(Site site, String id, String... stages) throws Exception {
    long since = System.nanoTime();
    while (true) {
      JsonNode now = site.get(IMPORTS + "/" + id, ADMIN).json();
      if (List.of(stages).contains(now.get("stage").asText())) {
        return now;
      }
      if (System.nanoTime() - since > PATIENCE) {
        fail("still " + now);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static JsonNode section(JsonNode now, String section) {
    for (JsonNode one : now.at("/preview/sections")) {
      if (one.get("section").asText().equals(section)) {
        return one;
      }
    }
    throw new AssertionError(section);
  }

  private static String only(JsonNode some) {
    assertEquals(1, some.get("count").asInt(), some.toString());
    return some.at("/ids/0").asText();
  }

  private static final Map<String, String> MORE_HOMES =
      Map.of(
          "homes.csv", "id,address,area\nh-001,Road 1b,east\nh-003,Road 3,west\n",
          "elders.csv", "id,home,name\ne-001,h-001,Lin\ne-002,h-003,Du\n");

  @Test
  void whatComesInIsCheckedShownAndTakesForceWhenSomebodySaysSo() throws Exception {
    try (Site site = new Site()) {
      String before = site.office.registry().hash();
      Site.Reply taken = send(site, zip(TestOffice.files(MORE_HOMES)));
      assertEquals(202, taken.status(), taken.response().body());
      String id = taken.json().get("import").asText();
      assertEquals(IMPORTS + "/" + id, taken.header("Location"));
      JsonNode ready = until(site, id, "ready");
      JsonNode homes = section(ready, "homes");
      assertEquals("h-003", only(homes.get("added")));
      assertEquals("h-001", only(homes.get("changed")));
      assertEquals("h-002", only(homes.get("removed")));
      assertEquals(1, section(ready, "elders").at("/added/count").asInt());
      assertEquals(0, section(ready, "schedules").at("/changed/count").asInt());
      assertEquals(before, site.office.registry().hash(), "nothing changes by a look");
      assertEquals(409, send(site, zip(Map.of("areas.csv", "id"))).status(), "one at a time");
      assertEquals(202, activate(site, id, "{}").status());
      JsonNode done = until(site, id, "in_force");
      assertEquals(ready.at("/preview/registry").asText(), site.office.registry().hash());
      assertTrue(
          done.get("secrets_file") == null || done.get("new_secrets").asInt() > 0, done.toString());
      assertEquals(409, activate(site, id, "{}").status(), "once");
      assertEquals(1, site.get(IMPORTS, ADMIN).json().get("imports").size());
    }
  }

  @Test
  void mistakesAreNamedByFileAndLineAndNothingIsKept() throws Exception {
    try (Site site = new Site()) {
      Map<String, String> files =
          TestOffice.files(Map.of("elders.csv", "id,home,name\ne-001,h-001,Lin\ne-9,nowhere,Du\n"));
      String id = send(site, zip(files)).json().get("import").asText();
      JsonNode refused = until(site, id, "refused");
      assertEquals("elders.csv", refused.at("/problems/0/file").asText());
      assertEquals(3, refused.at("/problems/0/line").asInt());
      assertEquals(409, activate(site, id, "{}").status());
      assertEquals(List.of(), leftOver(site));
    }
  }

  @Test
  void whatIsTakenBackLeavesNothingOnTheDisk() throws Exception {
    try (Site site = new Site()) {
      String id = send(site, zip(TestOffice.files(MORE_HOMES))).json().get("import").asText();
      String hash = until(site, id, "ready").at("/preview/registry").asText();
      assertFalse(site.office.disk.list(generation(hash)).isEmpty());
      assertEquals(200, site.send(site.request(IMPORTS + "/" + id, ADMIN).DELETE()).status());
      assertEquals("cancelled", until(site, id, "cancelled").get("stage").asText());
      assertEquals(List.of(), site.office.disk.list(generation(hash)));
      assertEquals(List.of(), leftOver(site));
      assertEquals(409, site.send(site.request(IMPORTS + "/" + id, ADMIN).DELETE()).status());
      String again = send(site, zip(TestOffice.files(MORE_HOMES))).json().get("import").asText();
      until(site, again, "ready");
    }
  }

  @Test
  void theGenerationInForceStaysWhenItsOwnFilesAreTakenBack() throws Exception {
    try (Site site = new Site()) {
      String id = send(site, zip(TestOffice.files(Map.of()))).json().get("import").asText();
      String hash = until(site, id, "ready").at("/preview/registry").asText();
      assertEquals(site.office.registry().hash(), hash);
      assertEquals(200, site.send(site.request(IMPORTS + "/" + id, ADMIN).DELETE()).status());
      assertFalse(site.office.disk.list(generation(hash)).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep_edits", "undo_edits"})
  void editsThatAnImportWouldUndoAreShownAndSomebodySaysWhatBecomesOfThem(String word)
      throws Exception {
    try (Site site = new Site()) {
      Site.Reply edit =
          site.send(
              site.request("/api/v1/registry/entries/homes/h-009", ADMIN)
                  .header("Content-Type", "application/json")
                  .header("If-None-Match", "*")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"rows\":[{\"address\":\"Road 9\",\"area\":\"west\"}]}")));
      assertEquals(200, edit.status());
      String id = send(site, zip(TestOffice.files(MORE_HOMES))).json().get("import").asText();
      JsonNode ready = until(site, id, "ready");
      assertEquals(1, ready.at("/preview/undone_count").asInt());
      assertEquals("h-009", ready.at("/preview/undone/0/id").asText());
      assertEquals(409, activate(site, id, "{}").status());
      assertEquals(400, activate(site, id, "{\"edits\":\"both\"}").status());
      assertEquals(202, activate(site, id, "{\"edits\":\"" + word + "\"}").status());
      until(site, id, "in_force");
      int status = site.get("/api/v1/registry/entries/homes/h-009", ADMIN).status();
      assertEquals(word.equals("keep_edits") ? 200 : 404, status);
      assertEquals(200, site.get("/api/v1/registry/entries/homes/h-003", ADMIN).status());
    }
  }

  @Test
  void noPathFromOutsideNoForeignFileNoHalfZipNoCrowd() throws Exception {
    try (Site site = new Site()) {
      byte[] whole = zip(TestOffice.files(Map.of()));
      for (byte[] bad :
          List.of(
              new byte[0],
              "no zip".getBytes(StandardCharsets.UTF_8),
              Arrays.copyOf(whole, whole.length / 2),
              Arrays.copyOf(whole, whole.length - 30),
              zip(Map.of("../areas.csv", "id")),
              zip(Map.of("/areas.csv", "id")),
              zip(Map.of("a\\areas.csv", "id")),
              zip(Map.of("NEXT", "x")),
              zip(Map.of("a/areas.csv", "id", "b/areas.csv", "id")),
              crowded())) {
        Site.Reply refused = send(site, bad);
        assertEquals(400, refused.status(), refused.response().body());
        assertEquals(List.of(), leftOver(site));
      }
      assertEquals(415, activateAsJson(site));
      Map<String, String> inFolder = Map.of("__MACOSX/._x", "", "export/areas.csv", "id\n");
      Site.Reply taken = send(site, zip(inFolder));
      assertEquals(202, taken.status(), taken.response().body());
      JsonNode refused = until(site, taken.json().get("import").asText(), "refused");
      assertTrue(refused.get("problems").toString().contains("is missing"), refused.toString());
    }
  }

  /** More entries than a registry has files. */
  private static byte[] crowded() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 70; i++) {
        zip.putNextEntry(new ZipEntry("d" + i + "/"));
      }
    }
    return bytes.toByteArray();
  }

  private static int activateAsJson(Site site) throws Exception {
    return site.send(
            site.request(IMPORTS, ADMIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")))
        .status();
  }

  private static Path generation(String hash) {
    return TestOffice.DATA.resolve("registry").resolve(hash);
  }

  private static List<String> leftOver(Site site) throws IOException {
    return site.office.disk.list(TestOffice.DATA.resolve("registry").resolve("incoming"));
  }
}
