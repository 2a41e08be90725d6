package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.map.Basemap;
import io.shouwang.map.MapPlan;
import io.shouwang.map.Outlines;
import io.shouwang.map.OutlinesReader;
import io.shouwang.map.SmallTiles;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a map is drawn on, over HTTP: outlines by hash, tiles by range, other people's code for
 * good.
 */
class MapRoutesTest {
  private static final String MAP = "/api/v1/map";
  private static final String TILES = "/api/v1/map/tiles.pmtiles";

  @TempDir Path folder = Path.of("");

  static ConsoleSettings settings(MapPlan plan) {
    return ConsoleSettings.plain("127.0.0.1", 0).withLimits(Site.LIMITS).withMap(plan);
  }

  static Outlines outlines(String... areas) {
    List<String> features = new ArrayList<>();
    for (String area : areas) {
      features.add(
          """
          {"type":"Feature","properties":{"kind":"area","area":"%s","name":"%s 区","level":"grid"},
           "geometry":{"type":"Polygon","coordinates":
             [[[120.84,32.04],[120.88,32.04],[120.88,32.08],[120.84,32.08],[120.84,32.04]]]}}\
          """
              .formatted(area, area));
    }
    String json =
        "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
    return Objects.requireNonNull(
        OutlinesReader.read("o", json.getBytes(StandardCharsets.UTF_8), new ArrayList<>()));
  }

  private Path put(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("city.pmtiles"), bytes);
  }

  private static MapPlan tiles(Path file) {
    return new MapPlan(null, new Basemap.Pmtiles(file, "某市测绘院"), null);
  }

  private static HttpResponse<byte[]> read(Site site, String... headers) throws Exception {
    HttpRequest.Builder request = site.request(TILES, Site.bearer("east"));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return site.client().send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void withoutASettingThereIsNothingBeneath() throws Exception {
    try (Site site = new Site()) {
      JsonNode map = site.get(MAP, Site.bearer("east")).json();
      assertEquals("none", map.at("/base/kind").asText());
      assertFalse(map.has("outlines"), "the made-up city is not this district");
      assertEquals("east", map.get("area").asText());
      Site.Reply page = site.get("/", null);
      assertFalse(page.header("Content-Security-Policy").contains("img-src"));
    }
  }

  @Test
  void outlinesAreNamedByTheirHashAndKept() throws Exception {
    Outlines city = outlines("city", "east", "west", "grid-1");
    MapPlan plan = new MapPlan(city, new Basemap.None(), new MapPlan.View(32.06, 120.86, 12));
    try (Site site = new Site(settings(plan))) {
      JsonNode map = site.get(MAP, Site.bearer("east")).json();
      assertEquals(32.06, map.at("/view/lat").asDouble());
      List<String> areas = new ArrayList<>();
      map.get("areas")
          .forEach(area ->
              areas.add(
                  area.get("id").asText()
                      + " "
                      + area.get("depth")
                      + " "
                      + area.path("parent").asText()));
      assertEquals(List.of("east 0 ", "grid-1 1 east"), areas);
      String url = map.get("outlines").asText();
      Site.Reply named = site.get(url, Site.bearer("east"));
      assertEquals(4, named.json().get("features").size());
      assertTrue(named.header("Cache-Control").contains("immutable"));
      assertTrue(named.header("Cache-Control").contains("private"));
      Site.Reply again =
          site.send(
              site.request(url, Site.bearer("east")).header("If-None-Match", named.header("ETag")));
      assertEquals(304, again.status());
      Site.Reply unnamed = site.get(MAP + "/outlines", Site.bearer("east"));
      assertEquals("private, no-cache", unnamed.header("Cache-Control"));
    }
  }

  @Test
  void theNationalMapsKeyGoesToWhoSeesAlertsAndThePolicyNamesItsHostsAlone() throws Exception {
    Basemap base = new Basemap.Tianditu("0123456789abcdef", "天地图 GS(2026)1号");
    assertFalse(base.toString().contains("0123456789abcdef"));
    try (Site site = new Site(settings(new MapPlan(null, base, null)))) {
      JsonNode map = site.get(MAP, Site.bearer("viewer")).json();
      assertEquals("0123456789abcdef", map.at("/base/key").asText());
      assertEquals(8, map.at("/base/subdomains").size());
      assertEquals(403, site.get(MAP, Site.bearer("auditor")).status());
      assertEquals(401, site.get(MAP, null).status());
      String policy = site.get("/", null).header("Content-Security-Policy");
      assertTrue(
          policy.endsWith(
              "; img-src 'self' https://t0.tianditu.gov.cn https://t1.tianditu.gov.cn"
                  + " https://t2.tianditu.gov.cn https://t3.tianditu.gov.cn"
                  + " https://t4.tianditu.gov.cn https://t5.tianditu.gov.cn"
                  + " https://t6.tianditu.gov.cn https://t7.tianditu.gov.cn"),
          policy);
      assertTrue(policy.startsWith("default-src 'self';"), policy);
    }
  }

  @Test
  void tilesComeInRanges() throws Exception {
    byte[] file = SmallTiles.file("云锦");
    try (Site site = new Site(settings(tiles(put(file))))) {
      assertEquals("pmtiles", site.get(MAP, Site.bearer("east")).json().at("/base/kind").asText());
      HttpResponse<byte[]> head = read(site, "Range", "bytes=0-126");
      assertEquals(206, head.statusCode());
      assertEquals("bytes 0-126/" + file.length, header(head, "Content-Range"));
      assertEquals("127", header(head, "Content-Length"));
      assertEquals("bytes", header(head, "Accept-Ranges"));
      assertArrayEquals(Arrays.copyOf(file, 127), head.body());
      HttpResponse<byte[]> first = read(site, "Range", "bytes=0-16383");
      assertEquals(
          "bytes 0-" + (file.length - 1) + "/" + file.length, header(first, "Content-Range"));
      assertArrayEquals(file, first.body());
      HttpResponse<byte[]> tail = read(site, "Range", "bytes=-3");
      assertArrayEquals(Arrays.copyOfRange(file, file.length - 3, file.length), tail.body());
      assertEquals(200, read(site).statusCode());
      assertArrayEquals(file, read(site).body());
      for (String wrong : List.of("bytes=" + file.length + "-", "bytes=0-1,2-3", "bytes=9-1")) {
        HttpResponse<byte[]> refused = read(site, "Range", wrong);
        assertEquals(416, refused.statusCode(), wrong);
        assertEquals("bytes */" + file.length, header(refused, "Content-Range"));
      }
    }
  }

  @Test
  void aFileThatIsReplacedHasAnotherTag() throws Exception {
    Path path = put(SmallTiles.file("云锦"));
    try (Site site = new Site(settings(tiles(path)))) {
      String tag = header(read(site, "Range", "bytes=0-9"), "ETag");
      assertTrue(tag.matches("\"[0-9a-f]+-[0-9a-f]+\""), tag);
      assertEquals(304, read(site, "If-None-Match", tag).statusCode());
      assertEquals(206, read(site, "Range", "bytes=0-9", "If-Range", tag).statusCode());
      assertEquals(206, read(site, "Range", "bytes=0-9", "If-Match", tag).statusCode());
      byte[] other = SmallTiles.file("另一座城");
      Path next = Files.write(folder.resolve("next"), other);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      HttpResponse<byte[]> whole = read(site, "Range", "bytes=0-9", "If-Range", tag);
      assertEquals(200, whole.statusCode(), "not the part of another file");
      assertArrayEquals(other, whole.body());
      assertEquals(412, read(site, "Range", "bytes=0-9", "If-Match", tag).statusCode());
      assertEquals(200, read(site, "If-None-Match", tag).statusCode());
      Files.delete(path);
      HttpResponse<byte[]> gone = read(site, "Range", "bytes=0-9");
      assertEquals(503, gone.statusCode());
      assertFalse(new String(gone.body(), StandardCharsets.UTF_8).contains(folder.toString()));
    }
  }

  @Test
  void howMuchAtATimeAndHowManyAreBounded() throws Exception {
    byte[] large = new byte[(int) TileRoute.PART_BYTES_MAX + 1_000];
    new Random(5).nextBytes(large);
    try (Site site = new Site(settings(tiles(put(large))))) {
      assertEquals(400, read(site).statusCode(), "a large file is not sent whole");
      HttpResponse<byte[]> part = read(site, "Range", "bytes=10-");
      assertEquals(206, part.statusCode());
      assertEquals(
          "bytes 10-" + (TileRoute.PART_BYTES_MAX + 9) + "/" + large.length,
          header(part, "Content-Range"));
      assertArrayEquals(
          Arrays.copyOfRange(large, 10, 10 + (int) TileRoute.PART_BYTES_MAX), part.body());

      // Readers who don't read hold their places, and no more than these.
      List<Socket> slow = new ArrayList<>();
      try {
        for (int i = 0; i < TileRoute.READERS_PER_CALLER_MAX; i++) {
          Socket socket = new Socket();
          socket.setReceiveBufferSize(4_096);
          slow.add(socket);
          socket.connect(new java.net.InetSocketAddress("127.0.0.1", site.server.port()));
          socket
              .getOutputStream()
              .write(
                  "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nRange: bytes=0-\r\n\r\n"
                      .formatted(TILES, Site.bearer("east"))
                      .getBytes(StandardCharsets.US_ASCII));
          assertTrue(socket.getInputStream().read() >= 0, "its answer has begun");
        }
        HttpResponse<byte[]> refused = read(site, "Range", "bytes=0-9");
        assertEquals(503, refused.statusCode());
        assertEquals("5", header(refused, "Retry-After"));
        assertEquals(1, site.meters.get("shouwang.map.tiles.refused").counter().count());
        assertEquals(
            206,
            site.send(site.request(TILES, Site.bearer("viewer")).header("Range", "bytes=0-9"))
                .status(),
            "others read on");
        // They took longer than anybody may: the next byte they take is their last.
        site.nanosAhead = java.time.Duration.ofSeconds(61).toNanos();
        for (Socket socket : slow) {
          long taken = socket.getInputStream().readAllBytes().length;
          assertTrue(taken < TileRoute.PART_BYTES_MAX, "cut: " + taken);
        }
      } finally {
        for (Socket socket : slow) {
          socket.close();
        }
      }
      assertTrue(site.meters.get("shouwang.map.tiles.cut").counter().count() > 0);
    }
  }

  @Test
  void otherPeoplesCodeIsKeptForGoodAndNothingElseLiesThere() throws Exception {
    try (Site site = new Site()) {
      for (String name : Libraries.names()) {
        Site.Reply file = site.get("/console/lib/" + name, null);
        assertEquals(200, file.status(), name);
        assertEquals("public, max-age=31536000, immutable", file.header("Cache-Control"));
        assertEquals("nosniff", file.header("X-Content-Type-Options"));
        String type =
            name.endsWith(".css")
                ? "text/css"
                : name.endsWith(".js") ? "text/javascript" : "text/plain";
        assertTrue(file.header("Content-Type").startsWith(type), name);
        Site.Reply again =
            site.send(
                site.request("/console/lib/" + name, null)
                    .header("If-None-Match", file.header("ETag")));
        assertEquals(304, again.status(), name);
        assertFalse(file.response().body().contains("sourceMappingURL=http"), name);
      }
      for (String name :
          List.of(
              "leaflet.js",
              "..%2F..%2Fpage.html",
              "images/layers.png",
              "LICENSE",
              "%2e%2e/app.js")) {
        int status = site.get("/console/lib/" + name, null).status();
        assertTrue(status == 404 || status == 400, name + ": " + status);
      }
      assertTrue(
          site.get("/console/lib/NOTICE.txt", null).response().body().contains("BSD-2-Clause"));
    }
  }
}
