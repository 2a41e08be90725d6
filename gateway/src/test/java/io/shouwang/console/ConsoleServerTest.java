package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.console.Site.Reply;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import io.shouwang.model.Signal;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {
  private Site site;

  @BeforeEach
  void open() throws Exception {
    site = new Site();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static void assertProblem(int status, String type, Reply reply) throws Exception {
    assertEquals(status, reply.status(), reply.response().body());
    assertEquals("application/problem+json", reply.header("Content-Type"));
    assertEquals("urn:shouwang:problem:" + type, reply.json().get("type").asText());
    assertEquals(status, reply.json().get("status").asInt());
    assertEquals("nosniff", reply.header("X-Content-Type-Options"));
  }

  @Test
  void aDevicesEventIsAnsweredWithItsNumberOnceItIsOnDisk() throws Exception {
    Reply reply = site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), "{}");
    assertEquals(202, reply.status());
    assertEquals(1, reply.json().get("number").asLong());
    assertEquals("taken", reply.json().get("result").asText());
    assertEquals(1, site.engine.open().size());
  }

  @Test
  void theSameEventTwiceIsOne() throws Exception {
    String event = "{\"id\":\"a-1\"}";
    site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), event);
    Reply again = site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), event);
    assertEquals(202, again.status());
    assertEquals("repeated", again.json().get("result").asText());
    assertEquals(1, site.engine.open().getFirst().alert().evidence().size());
  }

  @Test
  void bufferedReadingsComeAsAnArray() throws Exception {
    Reply reply =
        site.post(
            "/api/v1/devices/band-1/events/vitals",
            Site.basic("band-1"),
            "[{\"heart_rate_bpm\":70},{\"heart_rate_bpm\":71}]");
    assertEquals(202, reply.status());
    assertEquals(2, reply.json().get("events").asInt());
    assertEquals(2, reply.json().get("number").asLong());
  }

  @Test
  void aHubSpeaksForItsChildrenAndForAnUnknownOnesAlarmOnly() throws Exception {
    String hub = Site.basic("hub-1");
    assertEquals(202, site.post("/api/v1/devices/child-1/events/sos", hub, "{}").status());
    assertEquals(202, site.post("/api/v1/devices/new-1/events/sos", hub, "{}").status());
    assertEquals(404, site.post("/api/v1/devices/new-1/events/vitals", hub, "{}").status());
    assertEquals(404, site.post("/api/v1/devices/sos-1/events/sos", hub, "{}").status());
    assertEquals(
        404, site.post("/api/v1/devices/new-1/events/sos", Site.basic("sos-1"), "{}").status());
    assertEquals(2, site.engine.taken.size());
  }

  @Test
  void anUnreadableAlarmRings() throws Exception {
    Reply reply = site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), "garb\u0000");
    assertEquals(202, reply.status());
    assertEquals(1, site.engine.open().size());
  }

  @Test
  void anAlarmThatIsTooLongRingsBeforeItIsRefused() throws Exception {
    String body = "x".repeat(100 * 1024);
    Reply reply = site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), body);
    assertProblem(413, "too-large", reply);
    assertTrue(reply.json().get("rings").asBoolean());
    assertEquals(1, site.engine.open().size());
    DeviceEvent event = ((Input.EventReceived) site.engine.taken.getFirst().input()).event();
    assertTrue(event.signal() instanceof Signal.Unreadable);
    assertEquals(DeviceEvent.PAYLOAD_BYTES_KEPT, event.payload().length());

    Reply vitals = site.post("/api/v1/devices/sos-1/events/vitals", Site.basic("sos-1"), body);
    assertProblem(413, "too-large", vitals);
    assertEquals(1, site.engine.taken.size(), "what is no alarm isn't taken");
  }

  @Test
  void nothingIsAcknowledgedBeforeTheDiskHasIt() throws Exception {
    site.close();
    ConsoleSettings.Limits limits = Site.LIMITS;
    site =
        new Site(
            ConsoleSettings.plain("127.0.0.1", 0)
                .withLimits(
                    new ConsoleSettings.Limits(
                        limits.connections(),
                        limits.headBytes(),
                        limits.headTimeout(),
                        limits.idleTimeout(),
                        limits.bodyBytesPerSecondMin(),
                        limits.roomWait(),
                        java.time.Duration.ofMillis(20),
                        limits.heartbeat(),
                        limits.streams(),
                        limits.streamsPerCaller(),
                        limits.streamQueueChanges(),
                        limits.streamRingChanges(),
                        limits.failedLoginsPerMinute())));
    site.engine.stopDisk();
    Reply reply = site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), "{}");
    assertProblem(503, "busy", reply);
    assertEquals(1, site.engine.taken.size());
  }

  @Test
  void aFullLaneIsWaitedForAndThenRefusedWithRetryAfter() throws Exception {
    site.close();
    site =
        new Site(
            ConsoleSettings.plain("127.0.0.1", 0)
                .withLimits(Site.limits(java.time.Duration.ofMillis(20))));
    site.engine.fill();
    Reply reply = site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), "{}");
    assertProblem(503, "busy", reply);
    assertEquals("5", reply.header("Retry-After"));
    assertTrue(site.engine.taken.isEmpty());
  }

  @Test
  void roomThatComesInTimeIsTaken() throws Exception {
    site.engine.fill();
    CompletableFuture<Integer> status =
        site.client()
            .sendAsync(
                site.request("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.discarding())
            .thenApply(java.net.http.HttpResponse::statusCode);
    while (site.engine.waiting() == 0) {
      assertFalse(status.isDone());
      Thread.onSpinWait();
    }
    site.engine.empty();
    assertEquals(202, status.get(60, TimeUnit.SECONDS));
  }

  @Test
  void theListShowsTheMostUrgentFirstAndOnlyWhatTheCallerMaySee() throws Exception {
    site.says("smoke-1", "smoke", "{\"state\":\"fault\"}");
    AlertId sos = site.press("sos-1");
    AlertId west = site.press("sos-2");
    JsonNode east = site.get(Site.ALERTS, Site.bearer("east")).json();
    assertEquals(2, east.get("total").asInt());
    assertEquals(sos.value(), east.get("alerts").get(0).get("alert").asText());
    assertEquals("device_fault", east.get("alerts").get(1).get("kind").asText());
    assertEquals(3, site.get(Site.ALERTS, Site.bearer("city")).json().get("total").asInt());
    JsonNode one = site.get(Site.ALERTS + "?area=west&limit=1", Site.bearer("city")).json();
    assertEquals(west.value(), one.get("alerts").get(0).get("alert").asText());
    assertEquals(2, site.get(Site.ALERTS, Site.basic("daughter")).json().get("total").asInt());
    assertEquals(1, site.get(Site.ALERTS, Site.basic("son")).json().get("total").asInt());
    assertEquals(
        0,
        site.get(Site.ALERTS + "?state=closed", Site.bearer("city")).json().get("total").asInt());
    assertProblem(400, "bad-request", site.get(Site.ALERTS + "?state=odd", Site.bearer("city")));
    assertProblem(400, "bad-request", site.get(Site.ALERTS + "?limit=0", Site.bearer("city")));
  }

  @Test
  void theDetailExplainsItselfInTheLanguageAskedFor() throws Exception {
    AlertId id = site.press("sos-1");
    JsonNode en = site.get(Site.ALERTS + "/" + id + "?lang=en", Site.bearer("east")).json();
    assertEquals("王秀英", en.get("elder").get("name").asText());
    assertEquals("钥匙盒在门左侧", en.get("home").get("access").asText());
    assertEquals("SOS", en.get("text").get("kind").asText());
    assertEquals("raised", en.get("timeline").get(0).get("type").asText());
    assertTrue(en.get("timeline").get(0).get("text").asText().startsWith("Raised: SOS"));
    assertTrue(en.get("timeline").get(0).get("ladder").get("rungs").isArray());
    assertEquals("press", en.get("evidence").get(0).get("what").asText());
    assertEquals("under_way", en.get("deliveries").get(0).get("outcome").asText());
    Reply zh =
        site.send(
            site.request(Site.ALERTS + "/" + id, Site.bearer("east"))
                .header("Accept-Language", "fr;q=0.9, zh-CN, en;q=0.1"));
    assertEquals("紧急呼叫", zh.json().get("text").get("kind").asText());
  }

  @Test
  void aRelativesRepliesMoveTheAlert() throws Exception {
    AlertId id = site.press("sos-1");
    String path = Site.ALERTS + "/" + id + "/replies";
    String accept = "{\"id\":\"r1\",\"reply\":\"accept\",\"eta_min\":8}";
    Reply reply = site.post(path, Site.basic("daughter"), accept);
    assertEquals(200, reply.status());
    assertEquals("taken", reply.json().get("result").asText());
    assertTrue(reply.json().get("number").asLong() > 0);
    assertEquals(
        "repeated", site.post(path, Site.basic("daughter"), accept).json().get("result").asText());
    JsonNode alert = site.get(Site.ALERTS + "/" + id, Site.basic("daughter")).json();
    assertEquals("accepted", alert.get("state").asText());
    assertEquals(8, alert.get("coming").get(0).get("eta_min").asInt());
    assertEquals(
        200,
        site.post(path, Site.basic("daughter"), "{\"reply\":\"done\"}").status(),
        "a relative's done on an alarm is a claim and needs no disposition");
    assertTrue(site.engine.find(id).orElseThrow().alert().isOpen());
  }

  @Test
  void anAlertClosesOnlyWithADispositionAndOnlyOnce() throws Exception {
    AlertId id = site.press("sos-1");
    String path = Site.ALERTS + "/" + id + "/replies";
    assertProblem(
        422,
        "disposition-missing",
        site.post(path, Site.bearer("east"), "{\"reply\":\"done\",\"disposition\":\"  \"}"));
    assertTrue(site.engine.find(id).orElseThrow().alert().isOpen());
    String withoutNote = "{\"reply\":\"done\",\"disposition\":\"real\"}";
    assertProblem(422, "note-missing", site.post(path, Site.bearer("east"), withoutNote));
    String done = "{\"reply\":\"done\",\"disposition\":\"real\",\"note\":\"120 took her in\"}";
    assertEquals(200, site.post(path, Site.bearer("east"), done).status());
    assertProblem(
        409, "already-closed", site.post(path, Site.bearer("east"), "{\"reply\":\"arrived\"}"));
    JsonNode closed = site.get(Site.ALERTS + "/" + id, Site.bearer("east")).json();
    assertEquals("real", closed.get("closed").get("disposition").asText());
    JsonNode brief = site.get(Site.ALERTS + "/" + id, Site.basic("daughter")).json();
    assertFalse(brief.has("elder"), "a closed alert shows its responders no person (P8)");
    assertFalse(brief.has("timeline"));
    assertFalse(brief.get("home").has("access"));
  }

  @Test
  void anUnreadableReplyIsABadRequestAndOtherMediaAreRefused() throws Exception {
    AlertId id = site.press("sos-1");
    String path = Site.ALERTS + "/" + id + "/replies";
    assertProblem(400, "bad-request", site.post(path, Site.bearer("east"), "{\"reply\":\"ok\"}"));
    assertProblem(413, "too-large", site.post(path, Site.bearer("east"), " ".repeat(20_000)));
    assertProblem(
        415,
        "media-type",
        site.send(
            site.request(path, Site.bearer("east"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))));
  }

  @Test
  void anOperatorRaisesAnAlertForACallerOnce() throws Exception {
    String call =
        "{\"id\":\"c-1\",\"kind\":\"fall\",\"home\":\"h-001\",\"elder\":\"e-001\",\"note\":\"x\"}";
    Reply raised = site.post(Site.ALERTS, Site.bearer("east"), call);
    assertEquals(201, raised.status());
    assertEquals(200, site.get(raised.header("Location"), Site.bearer("east")).status());
    assertEquals(
        raised.json().get("alert"),
        site.get(raised.header("Location"), Site.bearer("east")).json().get("alert"));
    Reply again = site.post(Site.ALERTS, Site.bearer("east"), call);
    assertEquals(200, again.status());
    assertEquals(1, site.engine.open().size());
    assertProblem(404, "not-found", site.post(Site.ALERTS, Site.bearer("west"), call));
    assertProblem(
        404,
        "not-found",
        site.post(Site.ALERTS, Site.bearer("east"), call.replace("e-001", "e-003")));
    assertProblem(400, "bad-request", site.post(Site.ALERTS, Site.bearer("east"), "{}"));
    assertProblem(400, "bad-request", site.post(Site.ALERTS, Site.bearer("east"), "[1] 2"));
  }

  @Test
  void alertsOfHomesThatNobodyRegisteredAreSeenFromTheTopmostAreas() throws Exception {
    AlertId id = site.press("stray-1");
    assertEquals(200, site.get(Site.ALERTS + "/" + id, Site.bearer("city")).status());
    assertProblem(404, "not-found", site.get(Site.ALERTS + "/" + id, Site.bearer("east")));
  }

  @Test
  void readinessSaysWhy() throws Exception {
    assertEquals(200, site.get("/healthz", null).status());
    assertEquals(200, site.get("/readyz", null).status());
    site.notReady = List.of("the journal's disk is full");
    Reply reply = site.get("/readyz", null);
    assertProblem(503, "not-ready", reply);
    assertEquals("the journal's disk is full", reply.json().get("reasons").get(0).asText());
  }

  @Test
  void figuresAreForOperators() throws Exception {
    assertProblem(401, "unauthenticated", site.get("/metrics", null));
    Reply reply = site.get("/metrics", Site.bearer("admin"));
    assertEquals(200, reply.status());
    assertTrue(reply.response().body().contains("shouwang_http_logins_refused_total 1.0"));
  }

  @Test
  void whoFailsTooOftenIsToldToWaitButAnAlarmWithTheRightSecretPasses() throws Exception {
    site.close();
    site = new Site();
    int status = 401;
    for (int i = 0; i <= 1_000 && status == 401; i++) {
      status = site.get(Site.ALERTS, "Bearer guess-" + i).status();
    }
    assertEquals(429, status);
    assertEquals(
        202, site.post("/api/v1/devices/sos-1/events/sos", Site.basic("sos-1"), "{}").status());
  }

  @Test
  void theFrameworksOwnRefusalsAreProblemsToo() throws Exception {
    assertProblem(404, "http-404", site.get("/nothing/here", Site.bearer("east")));
    Reply method = site.post("/healthz", null, "{}");
    assertProblem(405, "http-405", method);
    assertEquals("GET", method.header("Allow"));
    assertProblem(
        405,
        "http-405",
        site.send(
            site.request("/healthz", null).method("DELETE", HttpRequest.BodyPublishers.noBody())));
    Reply large = site.send(site.request("/healthz", null).header("X-Large", "x".repeat(9_000)));
    assertEquals(431, large.status());
    assertEquals("application/problem+json", large.header("Content-Type"));
    Reply odd = site.get("/api/v1/alerts/%2e%2e%2fx", Site.bearer("east"));
    assertEquals(400, odd.status());
    assertEquals("application/problem+json", odd.header("Content-Type"));
  }

  @Test
  void whoTelephonesSeesNumbersAndNotesAndNobodyElse() throws Exception {
    String path = Site.ALERTS + "/" + site.press("sos-1");
    JsonNode seen = site.get(path, Site.bearer("east")).json();
    JsonNode daughter = seen.get("asked").get(0);
    assertEquals("13800000001", daughter.get("phone").asText());
    assertEquals("亲属", daughter.get("role_text").asText());
    assertEquals("呼叫中", daughter.get("standing_text").asText());
    assertEquals("独居", seen.get("persons").get(0).get("notes").asText());
    JsonNode asked = site.get(path, Site.basic("daughter")).json();
    assertFalse(asked.has("persons"));
    assertFalse(asked.get("asked").get(0).has("phone"));
  }

  @Test
  void theListCanBeOfOneHome() throws Exception {
    String id = site.press("sos-1").value();
    site.press("sos-2");
    JsonNode list = site.get(Site.ALERTS + "?home=h-001", Site.bearer("city")).json();
    assertEquals(1, list.get("total").asInt());
    assertEquals(id, list.get("alerts").get(0).get("alert").asText());
    assertEquals(400, site.get(Site.ALERTS + "?home=../x", Site.bearer("city")).status());
  }

  @Test
  void onlyThePagesOwnFilesAreServed() throws Exception {
    assertTrue(site.get("/console/base.css", null).header("Content-Type").startsWith("text/css"));
    assertEquals(404, site.get("/console/openapi.json", null).status());
    assertEquals(404, site.get("/console/none.js", null).status());
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws Exception {
    for (String path : List.of("/", "/console/app.js", "/healthz", "/api/v1/alerts", "/nothing")) {
      Reply reply = site.get(path, null);
      SecurityHeaders.ALL.forEach((name, value) -> assertEquals(value, reply.header(name), path));
      assertEquals("", reply.header("Server"));
    }
  }

  @Test
  void aRouteThatSaysNobodyDoesNotStart() {
    Route open = Route.get("/x", Set.of(), (_, _) -> {});
    assertThrows(IllegalStateException.class, () -> Route.checked(List.of(open)));
    Route both = Route.get("/x", Set.of(Who.ANYONE, Who.DEVICE), (_, _) -> {});
    assertThrows(IllegalStateException.class, () -> Route.checked(List.of(both)));
  }
}
