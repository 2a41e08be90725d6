package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real gateways, a county's and a city's, each with its own registry, journal and desk. */
final class TwoLevelsTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String BUTTON = "demo-sos-001";
  private static final String DESK = "demo-desk";

  @TempDir private Path directory;
  private Town county;
  private Town city;
  private int countyPort;
  private int cityPort;

  @BeforeEach
  void open() throws Exception {
    countyPort = freePort();
    cityPort = freePort();
    city = Town.open(directory.resolve("city"), this::asCity);
    county = Town.open(directory.resolve("county"), this::asCounty);
  }

  @AfterEach
  void close() {
    county.close();
    city.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void configure(Path config, int port, String levels) throws IOException {
    Path gateway = config.resolve("gateway.yaml");
    Files.writeString(
        gateway, Files.readString(gateway).replace("http:\n  port: 0", "http:\n  port: " + port));
    Path secret = config.resolve("levels.secret");
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, SECRET);
    Files.writeString(config.resolve("levels.yaml"), levels);
    Path ladders = config.resolve("ladders.yaml");
    Files.writeString(
        ladders,
        Files.readString(ladders)
            .replaceFirst("repeat_every: 30s", "repeat_every: 10s")
            .replaceFirst("overflow_after: 2m", "overflow_after: 30s"));
  }

  private void asCounty(Path config) throws IOException {
    configure(
        config,
        countyPort,
        """
        id: linjiang
        city:
          id: yunjin
          url: http://127.0.0.1:%d
          secret_file: levels.secret
          every: 1s
        """
            .formatted(cityPort));
    Path contacts = config.resolve("registry/contacts.csv");
    Files.writeString(
        contacts, Files.readString(contacts).replaceAll("(?m)^demo-desk-county,.*\\n?", ""));
  }

  private void asCity(Path config) throws IOException {
    configure(
        config,
        cityPort,
        """
        id: yunjin
        counties:
          - id: linjiang
            area: x-linjiang
            url: http://127.0.0.1:%d
            secret_file: levels.secret
        silent_after: 6s
        """
            .formatted(countyPort));
    Files.writeString(
        config.resolve("registry/contacts.csv"),
        """
        responder,role,relation,elder,home,area
        demo-desk,duty_desk,city desk,,,c-yunjin
        """);
  }

  private List<JsonNode> forwarded() throws Exception {
    return city.get("/api/v1/alerts?state=all")
        .json()
        .get("alerts")
        .valueStream()
        .filter(alert -> alert.get("home").get("id").asText().startsWith("county."))
        .toList();
  }

  /** The city's alert that stands for a county's. */
  private JsonNode inCity(String alert) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    city.until(
        () -> {
          found.clear();
          for (JsonNode one : forwarded()) {
            JsonNode whole = city.alert(one.get("alert").asText());
            if (entries(whole, "forwarded").getFirst().get("alert_there").asText().equals(alert)) {
              found.add(whole);
            }
          }
          return !found.isEmpty();
        },
        alert + " in the city");
    assertEquals(1, found.size(), "once");
    return found.getFirst();
  }

  private static List<JsonNode> entries(JsonNode alert, String type) {
    return alert
        .get("timeline")
        .valueStream()
        .filter(entry -> entry.get("type").asText().equals(type))
        .toList();
  }

  private static String pressed(Town town, String device, String id) throws Exception {
    Town.Answer answer =
        town.post(
            "/api/v1/devices/" + device + "/events/sos",
            town.basic(device),
            ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    assertEquals(202, answer.status());
    List<String> found = new ArrayList<>();
    town.until(
        () -> {
          found.clear();
          for (JsonNode alert : town.open()) {
            JsonNode whole = town.alert(alert.get("alert").asText());
            if (whole.get("evidence").toString().contains(device)) {
              found.add(alert.get("alert").asText());
            }
          }
          return !found.isEmpty();
        },
        "the alert of " + device);
    return found.getFirst();
  }

  private static void reply(Town town, String alert, String body) throws Exception {
    Town.Answer answer =
        town.post(
            "/api/v1/alerts/" + alert + "/replies",
            town.bearer(Town.OPERATOR),
            body.getBytes(StandardCharsets.UTF_8));
    assertEquals(200, answer.status(), answer.toString());
  }

  private String timeline(String alert) {
    try {
      return county.alert(alert).toPrettyString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String state(Town town, String alert) throws Exception {
    return town.alert(alert).get("state").asText();
  }

  private static void awaitState(Town town, String alert, String state) throws Exception {
    try {
      town.until(() -> state(town, alert).equals(state), state);
    } catch (AssertionError e) {
      throw new AssertionError(town.alert(alert).toPrettyString(), e);
    }
  }

  @Test
  void whatNobodyTakesInTheCountyRingsInTheCityAndTheCitysDeedsAreTheCountys() throws Exception {
    try (Client button = county.connect(Make.PAHO_5, false, BUTTON);
        Client desk = city.connect(Make.PAHO_5, false, DESK)) {
      button.subscribe("v1/devices/" + BUTTON + "/down");
      desk.subscribe("v1/responders/" + DESK + "/alerts");
      String alert = pressed(county, BUTTON, "press-1");
      String there = inCity(alert).get("alert").asText();

      // The county's desk has its half minute, and nobody answers.
      JsonNode ring = null;
      for (int tries = 0; ring == null; tries++) {
        try {
          ring = desk.hearsFor("desk");
        } catch (AssertionError nothingYet) {
          assertTrue(tries < 3, () -> timeline(alert));
        }
      }
      assertEquals(there, ring.get("alert").asText());
      assertTrue(ring.get("why").asText().contains("linjiang"), ring.toString());
      assertEquals("linjiang", ring.get("forwarded").get("county").asText());
      assertEquals(alert, ring.get("forwarded").get("alert").asText());
      assertEquals("林秀英", ring.get("forwarded").get("person").get("elder").get("name").asText());
      JsonNode called = city.alert(there);
      List<String> standings =
          entries(called, "forwarded").stream().map(e -> e.get("standing").asText()).toList();
      assertEquals("ringing", standings.getFirst(), "it rang nobody here at first");
      assertEquals("called", standings.getLast());
      assertFalse(
          entries(called, "forwarded").getFirst().get("with_note").asBoolean(),
          "no name before the call");

      desk.publish(
          "v1/responders/" + DESK + "/replies",
          "{\"alert\":\"" + there + "\",\"reply\":\"accept\",\"eta_min\":9}");
      JsonNode accepted = button.hearsOf("accepted");
      assertEquals("duty_desk", accepted.get("by").asText());
      awaitState(county, alert, "accepted");
      JsonNode held = county.alert(alert);
      assertEquals("yunjin-demo-desk", held.get("holds").get(0).get("by").asText());
      assertTrue(held.path("desk").isMissingNode(), "the county's ladder is quiet");

      reply(city, there, "{\"reply\":\"done\",\"disposition\":\"real\",\"note\":\"送医\"}");
      awaitState(county, alert, "closed");
      button.hearsOf("closed");
      JsonNode closed = county.alert(alert);
      assertEquals("yunjin-demo-operator", closed.get("closed").get("by").asText());
      assertEquals("real", closed.get("closed").get("disposition").asText());
      JsonNode word = entries(closed, "replied").getLast();
      assertEquals("送医", word.get("note").asText());
      assertEquals("city", word.get("channel").asText());

      assertEquals("closed", state(city, there));
      HttpRequest ask =
          HttpRequest.newBuilder(city.http("/api/v1/alerts/" + there + "/cap"))
              .header("Authorization", city.bearer(Town.OPERATOR))
              .build();
      HttpResponse<String> cap =
          HttpClient.newHttpClient().send(ask, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, cap.statusCode());
      assertTrue(cap.body().contains("<msgType>Cancel</msgType>"), cap.body());
      assertFalse(cap.body().contains("林秀英"), "CAP names nobody");
    }
  }

  @Test
  void theCountysDeskAsksTheCityByDecliningAndSomebodyTakesItAfterAll() throws Exception {
    String alert = pressed(county, BUTTON, "press-1");
    Town.Answer no =
        county.post(
            "/api/v1/alerts/" + alert + "/replies",
            county.basic(DESK),
            "{\"reply\":\"decline\"}".getBytes(StandardCharsets.UTF_8));
    assertEquals(200, no.status());
    String there = inCity(alert).get("alert").asText();
    city.until(() -> state(city, there).equals("ringing"), "it rings in the city");
    assertEquals(DESK, city.alert(there).get("asked").get(0).get("responder").asText());

    // Somebody in the county takes it after all: the city's desk is quiet again.
    reply(county, alert, "{\"reply\":\"accept\",\"eta_min\":5}");
    awaitState(city, there, "accepted");
    assertEquals("linjiang", city.alert(there).get("coming").get(0).get("id").asText());

    reply(city, there, "{\"reply\":\"done\",\"disposition\":\"real\",\"note\":\"已到\"}");
    awaitState(county, alert, "closed");
  }

  @Test
  void whatTheCountyEndsEndsInTheCityAndRingsNobodyThere() throws Exception {
    String alert = pressed(county, BUTTON, "press-1");
    reply(county, alert, "{\"reply\":\"accept\",\"eta_min\":5}");
    String there = inCity(alert).get("alert").asText();
    city.until(
        () ->
            entries(city.alert(there), "forwarded")
                .getLast()
                .get("standing")
                .asText()
                .equals("accepted"),
        "accepted in the city");
    reply(county, alert, "{\"reply\":\"done\",\"disposition\":\"false_alarm\",\"note\":\"误按\"}");
    awaitState(city, there, "closed");
    JsonNode over = city.alert(there);
    assertEquals("false_alarm", over.get("closed").get("disposition").asText());
    assertEquals("linjiang", over.get("closed").get("by").asText());
    assertEquals(0, over.get("asked").size(), "nobody was rung here");
  }

  @Test
  void aCityThatWasAwayMissesNothingAndDoublesNothing() throws Exception {
    city.close();
    String first = pressed(county, BUTTON, "press-1");
    String second = pressed(county, "demo-sos-006", "press-2");
    reply(county, second, "{\"reply\":\"accept\",\"eta_min\":5}");
    reply(county, second, "{\"reply\":\"done\",\"disposition\":\"test\",\"note\":\"试\"}");
    city = city.restarted();
    String firstThere = inCity(first).get("alert").asText();
    String secondThere = inCity(second).get("alert").asText();
    awaitState(city, secondThere, "closed");

    // Taken over in the city while the county's gateway is away.
    county.close();
    reply(city, firstThere, "{\"reply\":\"accept\",\"eta_min\":20}");
    reply(city, firstThere, "{\"reply\":\"done\",\"disposition\":\"real\",\"note\":\"已送医\"}");
    city = city.restarted();
    county = county.restarted();
    awaitState(county, first, "closed");
    assertEquals("yunjin-demo-operator", county.alert(first).get("closed").get("by").asText());
    assertEquals(1, entries(county.alert(first), "replied").size(), "told once");
    inCity(first);
    inCity(second);
    assertEquals(2, forwarded().size());
  }

  @Test
  @Tag("long")
  void aCountyThatFallsSilentRingsTheCitysDeskOnce() throws Exception {
    try (Client desk = city.connect(Make.PAHO_5, false, DESK)) {
      desk.subscribe("v1/responders/" + DESK + "/alerts");
      city.until(() -> city.metrics().contains("shouwang_alerts_open 0"), "quiet");
      county.close();
      JsonNode ring = desk.hears(message -> message.path("kind").asText().equals("county_trouble"));
      assertEquals("desk", ring.get("cause").asText());
      String trouble = ring.get("alert").asText();
      reply(city, trouble, "{\"reply\":\"accept\"}");
      county = county.restarted();
      city.until(
          () ->
              entries(city.alert(trouble), "county_seen")
                  .getLast()
                  .get("pulse")
                  .asText()
                  .equals("well"),
          "the county is heard again");
      JsonNode after = city.alert(trouble);
      assertEquals(2, entries(after, "county_seen").size());
      assertEquals("accepted", after.get("state").asText(), "a person closes it");
      assertEquals(1, city.open().size());
    }
  }
}
