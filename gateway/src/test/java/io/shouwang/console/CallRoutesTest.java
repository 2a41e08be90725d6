package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Input.CallPhase;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.wording.District;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The caller's card and click to call: who may see and dial what. */
class CallRoutesTest {
  private static final String CALLS = "/api/v1/calls";

  /** An exchange that notes what it is asked. */
  private static final class Noted implements Dialer {
    final List<Connection> asked = Collections.synchronizedList(new ArrayList<>());
    volatile Verdict says = new Verdict.Accepted("x-1");
    volatile boolean anyNumber;

    @Override
    public String name() {
      return "hotline";
    }

    @Override
    public boolean allowsAnyNumber() {
      return anyNumber;
    }

    @Override
    public Verdict connect(Connection connection) {
      asked.add(connection);
      return says;
    }
  }

  private static void rings(Site site, HomeId home, String id, String number) {
    site.engine.happens(
        new Input.CallReported(
            "hotline",
            id,
            CallPhase.RINGING,
            home,
            List.of(home),
            null,
            Duration.ofSeconds(20),
            null,
            number));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode card(Site site, String number, String who) throws Exception {
    Site.Reply reply = site.get("/api/v1/callers/" + encoded(number), Site.bearer(who));
    assertEquals(200, reply.status(), reply.response().body());
    return reply.json();
  }

  private static Site.Reply dial(Site site, String who, String body) throws Exception {
    return site.post(CALLS, Site.bearer(who), body);
  }

  @Test
  void theListSaysWhatCanConnectATelephone() throws Exception {
    try (Site site = new Site()) {
      assertTrue(site.get(CALLS, Site.bearer("east")).json().get("exchanges").isEmpty());
      site.dialers = List.of(new Noted());
      JsonNode exchanges = site.get(CALLS, Site.bearer("east")).json().get("exchanges");
      assertEquals("hotline", exchanges.get(0).asText());
    }
  }

  @Test
  void theCardSaysWhoLivesThereWhatIsOpenAndWhoAnswers() throws Exception {
    try (Site site = new Site()) {
      String alert = site.press("sos-1").value();
      rings(site, District.HOME, "c1", "051385000001");
      JsonNode card = card(site, "0513 8500 0001", "east");
      assertEquals(1, card.get("homes").size());
      JsonNode home = card.get("homes").get(0);
      assertEquals("h-001", home.get("home").get("id").asText());
      assertEquals("王秀英", home.get("elders").get(0).get("name").asText());
      assertTrue(home.get("alerts").toString().contains(alert));
      assertEquals(6, home.get("devices").size());
      assertTrue(
          home.get("responders")
              .valueStream()
              .anyMatch(one -> one.get("phone").asText().equals("13800000001")));
      assertEquals("ringing", card.get("calls").get(0).get("state").asText());
      JsonNode calls = site.get(CALLS, Site.bearer("east")).json().get("calls");
      assertEquals(card.get("calls"), calls);
      assertEquals(0, site.get(CALLS, Site.bearer("west")).json().get("calls").size());
    }
  }

  @Test
  void whatLiesElsewhereIsNotOnTheCard() throws Exception {
    try (Site site = new Site()) {
      assertEquals(0, card(site, "0513-85000001", "west").get("homes").size());
      JsonNode shared = card(site, "0513-85000009", "west").get("homes");
      assertEquals(1, shared.size());
      assertEquals("h-002", shared.get(0).get("home").get("id").asText());
      assertEquals(2, card(site, "0513-85000009", "city").get("homes").size());
    }
  }

  @Test
  void anUnknownNumberOrNoneIsAnEmptyCard() throws Exception {
    try (Site site = new Site()) {
      for (String number :
          List.of("13900000000", "letters", "<script>alert(1)", "1".repeat(1_000), "+")) {
        JsonNode card = card(site, number, "east");
        assertEquals(0, card.get("homes").size(), number);
        assertFalse(card.toString().contains("script"));
      }
    }
  }

  @Test
  void aClickConnectsWithWhomTheRegistryKnowsAndOnlyOnce() throws Exception {
    try (Site site = new Site()) {
      Noted exchange = new Noted();
      site.dialers = List.of(exchange);
      String alert = site.press("sos-1").value();
      String body =
          "{\"id\":\"c1\",\"extension\":\"8001\",\"alert\":\"" + alert + "\",\"responder\":\"";
      Site.Reply first = dial(site, "east", body + "daughter\"}");
      assertEquals(202, first.status(), first.response().body());
      assertEquals("connecting", first.json().get("result").asText());
      assertEquals(
          "repeated", dial(site, "east", body + "daughter\"}").json().get("result").asText());
      assertEquals(409, dial(site, "east", body + "worker\"}").status());
      assertEquals(
          List.of(new Dialer.Connection("connect.east.c1", "8001", "13800000001")), exchange.asked);
      assertEquals(
          404,
          dial(site, "east", body.replace("c1", "c2") + "son\"}").status(),
          "nobody of this alert");
      assertEquals(
          202,
          dial(site, "east", "{\"id\":\"c3\",\"extension\":\"8001\",\"elder\":\"e-001\"}")
              .status());
      assertEquals("051385000001", exchange.asked.getLast().number());
    }
  }

  @Test
  void aStrangersNumberIsDialledOnlyIfTheyCallOrTheSettingsSaySo() throws Exception {
    try (Site site = new Site()) {
      Noted exchange = new Noted();
      site.dialers = List.of(exchange);
      String body = "{\"id\":\"%s\",\"extension\":\"8001\",\"number\":\"%s\"}";
      assertEquals(403, dial(site, "east", body.formatted("a", "13911112222")).status());
      assertEquals(403, dial(site, "west", body.formatted("b", "0513-85000001")).status());
      assertEquals(202, dial(site, "east", body.formatted("c", "0513-85000001")).status());
      rings(site, District.HOME, "c1", "13911112222");
      assertEquals(202, dial(site, "east", body.formatted("d", "139 1111 2222")).status());
      assertEquals(403, dial(site, "west", body.formatted("e", "13911112222")).status());
      exchange.anyNumber = true;
      assertEquals(202, dial(site, "west", body.formatted("f", "13911112222")).status());
      for (String hostile : List.of("letters", "<b>1</b>", "1;reboot", "")) {
        assertEquals(404, dial(site, "west", body.formatted("g", hostile)).status(), hostile);
      }
      assertEquals(400, dial(site, "west", body.formatted("g", "1".repeat(1_000))).status());
      assertEquals(3, exchange.asked.size());
    }
  }

  @Test
  void whatTheExchangeRefusesIsSaidAndMayBeTriedAgain() throws Exception {
    try (Site site = new Site()) {
      Noted exchange = new Noted();
      String body = "{\"id\":\"c1\",\"extension\":\"8001\",\"elder\":\"e-001\"}";
      assertEquals(409, dial(site, "east", body).status(), "no exchange");
      site.dialers = List.of(exchange);
      exchange.says = new Verdict.Refused(Failure.NOT_ANSWERED, "HTTP 423");
      Site.Reply refused = dial(site, "east", body);
      assertEquals(502, refused.status());
      assertEquals("not_answered", refused.json().get("failure").asText());
      exchange.says = new Verdict.Accepted("");
      assertEquals(202, dial(site, "east", body).status());
      assertEquals(400, dial(site, "east", "{\"id\":\"c2\",\"elder\":\"e-001\"}").status());
      assertEquals(
          400,
          dial(site, "east", "{\"id\":\"c2\",\"extension\":\"8;1\",\"elder\":\"e-001\"}").status());
      assertEquals(400, dial(site, "east", "{\"id\":\"c2\",\"extension\":\"8001\"}").status());
    }
  }

  @Test
  void whoTookACallIsNobodyOfTheRegistry() throws Exception {
    try (Site site = new Site()) {
      rings(site, District.HOME, "c1", "051385000001");
      String alert = site.get(CALLS, Site.bearer("east")).json().at("/calls/0/alert").asText();
      site.engine.happens(
          new Input.CallReported(
              "hotline",
              "c1",
              CallPhase.TAKEN,
              District.HOME,
              List.of(District.HOME),
              null,
              Duration.ofSeconds(20),
              new ResponderId("ext-8001"),
              "051385000001"));
      JsonNode closed = site.get(Site.ALERTS + "/" + alert, Site.bearer("east")).json();
      assertEquals("closed", closed.get("state").asText());
      assertEquals("call_taken", closed.at("/closed/disposition").asText());
      assertEquals("ext-8001", closed.at("/closed/by").asText());
      assertEquals(0, site.get(CALLS, Site.bearer("east")).json().get("calls").size());
    }
  }
}
