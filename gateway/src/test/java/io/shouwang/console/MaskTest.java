package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.HandlerType;
import io.shouwang.alerts.AlertBook;
import io.shouwang.model.AlertId;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.District;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every answer says of persons, generated from the route table (P8): to whoever needs no names
 * none, to whoever sits elsewhere nothing at all.
 */
class MaskTest {
  /** Names, numbers, doors, notes and positions of the district, whole. */
  private static final Set<String> PLAIN =
      Set.of(
          "王秀英",
          "王德福",
          "赵桂兰",
          "王小燕",
          "李建国",
          "赵强",
          "5138500000",
          "0513-8500000",
          "1380000000",
          "钥匙盒",
          "201 室",
          "独居",
          "120.8654",
          "32.0102",
          "头晕");

  /** Theirs whose names they typed, or that last for ever. */
  private static final Set<String> ELSEWHERE = Set.of("/api/v1/openapi.json", "/api/v1/stream");

  private Site site;
  private AlertId alert;
  private String incident;

  @BeforeEach
  void happens() throws Exception {
    site = new Site();
    String drill = "{\"id\":\"d1\",\"area\":\"east\",\"home\":\"h-001\"}";
    assertEquals(201, site.post("/api/v1/drills", Site.bearer("admin"), drill).status());
    site.quietly(
        "band-1",
        "location",
        "{\"lat\":32.0102,\"lon\":120.8654,\"source\":\"gnss\",\"accuracy_m\":9}");
    site.quietly("band-1", "vitals", "{\"heart_rate_bpm\":71}");
    alert = site.press("sos-1");
    site.engine.happens(
        new Input.IncidentNoticed(
            Input.Incident.FIRE,
            District.EAST,
            "",
            3,
            site.engine.now().minusSeconds(300),
            List.of(District.HOME)));
    incident =
        site.engine.open().stream()
            .map(AlertBook.Seen::alert)
            .filter(one -> one.home().area() != null)
            .findFirst()
            .orElseThrow()
            .id()
            .value();
    site.engine.happens(
        new Input.CallReported(
            "hotline",
            "c1",
            Input.CallPhase.RINGING,
            District.HOME,
            List.of(District.HOME),
            null,
            Duration.ofSeconds(20),
            null,
            "051385000001"));
    site.engine.happens(
        new Input.ModeChanged(
            District.HOME,
            null,
            Mode.Kind.AWAY,
            site.engine.now().plusSeconds(600),
            new ResponderId("east"),
            "http"));
    String visit = "{\"id\":\"v1\",\"means\":\"visit\",\"note\":\"王秀英今天头晕\"}";
    String contacts = "/api/v1/elders/e-001/contacts";
    assertEquals(200, site.post(contacts, Site.basic("daughter"), visit).status());
    String spoke = "{\"reply\":\"spoke\",\"note\":\"说头晕\"}";
    String replies = Site.ALERTS + "/" + alert + "/replies";
    assertEquals(200, site.post(replies, Site.basic("daughter"), spoke).status());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private List<String> asked(Route route) {
    String path =
        route.path().contains("/incidents/")
            ? route.path().replace("{id}", incident)
            : SeatRightsTest.path(route, alert).replace("/drills/none", "/drills/d1");
    String name = URLEncoder.encode("王秀英", StandardCharsets.UTF_8);
    return switch (route.path()) {
      case "/api/v1/elders" -> List.of(path + "?q=" + name, path + "?q=85000001");
      case "/api/v1/homes" -> List.of(path + "?q=" + name, path + "?q=201");
      case "/api/v1/responders" ->
          List.of(path + "?q=" + URLEncoder.encode("王", StandardCharsets.UTF_8));
      case "/api/v1/alerts", "/api/v1/drills", "/api/v1/duties" ->
          List.of(path, path + "?state=all");
      default -> List.of(path);
    };
  }

  /** What the answers to somebody say that they shouldn't. */
  private List<String> said(String token, Who who, Set<String> never) throws Exception {
    List<String> said = new ArrayList<>();
    for (Route route : site.server.routes()) {
      boolean isTheirs = route.who().contains(who) && route.method().equals(HandlerType.GET);
      if (isTheirs && !ELSEWHERE.contains(route.path())) {
        for (String path : asked(route)) {
          Site.Reply reply = site.get(path, Site.bearer(token));
          // The number that somebody asks for stands in the answer.
          String body =
              route.path().contains("{number}")
                  ? reply.response().body().replaceFirst("\"number\":\"[0-9]+\"", "")
                  : reply.response().body();
          never.stream()
              .filter(body::contains)
              .forEach(plain -> said.add(route.name() + ": " + plain));
        }
      }
    }
    return said;
  }

  @Test
  void supervisorsAndAdministratorsReadNobodysName() throws Exception {
    assertEquals(List.of(), said("viewer", Who.SUPERVISOR, PLAIN));
    assertEquals(List.of(), said("admin", Who.ADMINISTRATOR, PLAIN));
    Set<String> routes = new TreeSet<>();
    said("east", Who.DISPATCHER, PLAIN).forEach(one -> routes.add(one.split(":", 2)[0]));
    assertTrue(routes.size() >= 14, "a dispatcher does: " + routes);
    assertTrue(routes.contains("GET /api/v1/elders/{elder}/contacts"), "notes: " + routes);
  }

  @Test
  void whoSitsElsewhereReadsNothing() throws Exception {
    Set<String> theirs =
        Set.of("王秀英", "王小燕", "85000001", "h-001", "e-001", "band-1", alert.value(), incident);
    assertEquals(List.of(), said("west", Who.DISPATCHER, theirs));
  }

  @Test
  void theLiveFeedMasksToo() throws Exception {
    HttpResponse<InputStream> stream =
        site.client()
            .send(
                site.request("/api/v1/stream", Site.bearer("viewer")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (!line.startsWith("retry")) {
        line = lines.readLine();
      }
      site.says("smoke-1", "smoke", "{}");
      while (!line.startsWith("data: {\"")) {
        line = lines.readLine();
      }
      assertTrue(line.contains("\"masked\":true"), line);
      for (String plain : PLAIN) {
        assertFalse(line.contains(plain), line);
      }
    }
  }
}
