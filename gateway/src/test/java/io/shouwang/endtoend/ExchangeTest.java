package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real gateway with the hotline's exchange beside it: calls in, calls out, and a stop between.
 */
final class ExchangeTest {
  @TempDir private Path directory;

  private static void configure(Path config, int port, String ringFor) throws IOException {
    Path secret = config.resolve("exchange.secret");
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Base64.Encoder base64 = Base64.getEncoder();
    Files.writeString(
        secret,
        "whsec_"
            + base64.encodeToString(FakeExchange.KEY)
            + "\nwhsec_"
            + base64.encodeToString(FakeExchange.NEXT_KEY)
            + "\n");
    Files.writeString(
        config.resolve("channels.yaml"),
        """
        channels:
          hotline:
            report_within: 2m
            providers:
              - type: exchange
                url: http://127.0.0.1:%d
                secrets_file: exchange.secret
                area: x-linjiang
                area_code: "0513"
                ring_for: %s
        """
            .formatted(port, ringFor));
    Files.writeString(
        config.resolve("registry/ways.csv"),
        """
        responder,channel,address,after,verified
        demo-daughter,hotline,+8613800000001,,2026-01-31
        """);
  }

  private Town open(FakeExchange exchange, String ringFor) throws Exception {
    return Town.open(directory, config -> configure(config, exchange.port(), ringFor));
  }

  private static URI callback(Town town) {
    return town.http("/callbacks/hotline");
  }

  private static String event(String event, String call, String from) {
    return "{\"event\":\"%s\",\"call\":\"%s\",\"from\":\"%s\",\"extension\":\"8001\"}"
        .formatted(event, call, from);
  }

  private static List<JsonNode> calls(Town town) throws Exception {
    return town.get("/api/v1/calls").json().get("calls").valueStream().toList();
  }

  @Test
  void a_call_rings_its_card_opens_it_is_taken_and_closed() throws Exception {
    try (FakeExchange exchange = new FakeExchange();
        Town town = open(exchange, "5m")) {
      URI callback = callback(town);
      assertEquals(200, exchange.says(callback, "e1", event("ringing", "c1", "00055500101")));
      JsonNode call = calls(town).getFirst();
      assertEquals("ringing", call.get("state").asText());
      assertEquals("00055500101", call.get("number").asText());
      assertEquals("h-001", call.get("homes").get(0).asText());
      JsonNode card = town.get("/api/v1/callers/00055500101").json();
      JsonNode home = card.get("homes").get(0);
      assertEquals("林秀英", home.get("elders").get(0).get("name").asText());
      assertTrue(home.get("responders").toString().contains("demo-daughter"));
      assertEquals(call.get("alert"), card.get("calls").get(0).get("alert"));
      assertEquals(call.get("alert").asText(), town.open("call").get("alert").asText());

      assertEquals(200, exchange.says(callback, "e2", event("ringing", "c1", "00055500101")));
      assertEquals(1, calls(town).size(), "the same call is one");
      assertEquals(200, exchange.says(callback, "e3", event("taken", "c1", "00055500101")));
      assertEquals(200, exchange.says(callback, "e4", event("ended", "c1", "00055500101")));
      JsonNode closed = town.alert(call.get("alert").asText());
      assertEquals("closed", closed.get("state").asText());
      assertEquals("call_taken", closed.at("/closed/disposition").asText());
      assertEquals("来电已接听", closed.at("/closed/text").asText());
      assertEquals(0, closed.get("deliveries").size(), "nobody was rung");
      assertTrue(closed.get("timeline").toString().contains("ext-8001"));
      assertEquals(List.of(), calls(town));
    }
  }

  @Test
  void a_call_that_is_missed_rings_the_desk_and_one_by_nobody_known_the_exchanges_area()
      throws Exception {
    try (FakeExchange exchange = new FakeExchange();
        Town town = open(exchange, "5m");
        Client desk = town.connect(Make.PAHO_3, false, "demo-desk");
        Client county = town.connect(Make.PAHO_3, false, "demo-desk-county")) {
      desk.subscribe("v1/responders/demo-desk/alerts");
      county.subscribe("v1/responders/demo-desk-county/alerts");
      URI callback = callback(town);
      exchange.says(callback, "e1", event("ringing", "c1", "000-5550-0101"));
      assertEquals(200, exchange.says(callback, "e2", event("missed", "c1", "000-5550-0101")));
      JsonNode rung = desk.hearsFor("desk");
      assertEquals("call", rung.get("kind").asText());
      assertEquals("林秀英", rung.at("/elder/name").asText());
      assertEquals("missed", calls(town).getFirst().get("state").asText());

      exchange.says(callback, "e3", event("ringing", "c2", "13912345678"));
      assertEquals(200, exchange.says(callback, "e4", event("ended", "c2", "13912345678")));
      JsonNode stranger = county.hears(message -> message.path("kind").asText().equals("call"));
      assertEquals("area.x-linjiang", stranger.at("/home/id").asText());
      assertFalse(stranger.toString().contains("13912345678"), "numbers are for the console");
    }
  }

  @Test
  void a_stop_while_it_rings_and_the_desk_rings_all_the_same() throws Exception {
    try (FakeExchange exchange = new FakeExchange()) {
      Town town = open(exchange, "10s");
      exchange.says(callback(town), "e1", event("ringing", "c1", "00055500101"));
      assertEquals(1, calls(town).size());
      try (Town again = town.restarted();
          Client desk = again.connect(Make.PAHO_3, false, "demo-desk")) {
        desk.subscribe("v1/responders/demo-desk/alerts");
        assertEquals("call", desk.hearsFor("desk").get("kind").asText());
        assertEquals("00055500101", calls(again).getFirst().get("number").asText());
      }
    }
  }

  @Test
  void who_cannot_sign_or_repeats_what_another_signed_is_refused() throws Exception {
    try (FakeExchange exchange = new FakeExchange();
        Town town = open(exchange, "5m")) {
      URI callback = callback(town);
      String body = event("ringing", "c1", "00055500101");
      long now = System.currentTimeMillis() / 1000;
      String stamp = Long.toString(now);
      byte[] wrong = "twenty-four wrong bytes..".getBytes(StandardCharsets.UTF_8);
      assertEquals(401, exchange.says(callback, "e1", stamp, wrong, body));
      assertEquals(
          401, exchange.says(callback, "e1", Long.toString(now - 310), FakeExchange.KEY, body));
      assertEquals(
          401, exchange.says(callback, "e1", Long.toString(now + 310), FakeExchange.KEY, body));
      assertEquals(401, exchange.says(callback, "e1", "now", FakeExchange.KEY, body));
      assertEquals(List.of(), calls(town));
      assertEquals(200, exchange.says(callback, "e1", stamp, FakeExchange.NEXT_KEY, body));
      assertEquals(1, calls(town).size(), "the next secret is good already");
      assertEquals(409, exchange.says(callback, "e1", stamp, FakeExchange.NEXT_KEY, body));
      for (String bad :
          List.of(
              "",
              "[]",
              "{}",
              "{\"event\":\"ringing\"}",
              "{\"event\":\"ringing\",\"call\":\"a b\"}",
              "{\"event\":\"ringing\",\"call\":\"" + "c".repeat(129) + "\"}",
              "{\"event\":\"exploded\",\"call\":\"c\"}",
              "{\"event\":\"placed\",\"notice\":\"x\",\"result\":\"well\"}",
              "{\"event\":\"key\",\"notice\":\"x\",\"key\":\"12\"}")) {
        assertEquals(400, exchange.says(callback, "bad", bad), bad);
      }
    }
  }

  @Test
  void hostile_numbers_ring_like_withheld_ones() throws Exception {
    try (FakeExchange exchange = new FakeExchange();
        Town town = open(exchange, "5m")) {
      int n = 0;
      for (String from :
          List.of("", "anonymous", "<script>alert(1)</script>", "1".repeat(1_000), "../../etc")) {
        n++;
        String id = "h" + n;
        assertEquals(200, exchange.says(callback(town), id, event("ringing", id, from)), from);
      }
      List<JsonNode> calls = calls(town);
      assertEquals(n, calls.size());
      for (JsonNode call : calls) {
        assertFalse(call.has("number"), call.toString());
        assertEquals(0, call.get("homes").size());
      }
      assertEquals(200, exchange.says(callback(town), "local", event("ringing", "l", "85550101")));
      assertEquals("+8651385550101", calls(town).getFirst().get("number").asText());
    }
  }

  @Test
  void a_click_connects_and_an_alert_is_read_out_and_answered_by_a_key() throws Exception {
    try (FakeExchange exchange = new FakeExchange();
        Town town = open(exchange, "5m")) {
      byte[] click =
          "{\"id\":\"k1\",\"extension\":\"8001\",\"elder\":\"e-001\"}"
              .getBytes(StandardCharsets.UTF_8);
      Town.Answer answer = town.post("/api/v1/calls", town.bearer(Town.OPERATOR), click);
      assertEquals(202, answer.status(), answer.toString());
      FakeExchange.Asked connect = exchange.next();
      assertEquals("/connect", connect.path());
      assertEquals("8001", connect.body().get("extension").asText());
      assertEquals("00055500101", connect.body().get("number").asText());
      assertEquals("out-1", answer.json().get("call").asText());

      String alert = town.press("demo-sos-001");
      FakeExchange.Asked announce = exchange.next();
      assertEquals("/announce", announce.path());
      assertEquals("+8613800000001", announce.body().get("number").asText());
      String text = announce.body().get("text").asText();
      assertTrue(text.contains("林秀英") && text.contains("请按1"), text);
      assertFalse(text.contains("http"), text);
      String notice = announce.body().get("id").asText();
      String placed =
          "{\"event\":\"placed\",\"notice\":\"" + notice + "\",\"result\":\"answered\"}";
      String key = "{\"event\":\"key\",\"notice\":\"%s\",\"call\":\"out-1\",\"key\":\"1\"}";
      assertEquals(200, exchange.says(callback(town), "p1", placed));
      assertEquals(200, exchange.says(callback(town), "p2", key.formatted(notice)));
      JsonNode coming = town.alert(alert).get("coming");
      assertEquals("demo-daughter", coming.get(0).get("id").asText());
      assertEquals(
          409, exchange.says(callback(town), "p3", key.formatted("a0000000000000000000.1")));
    }
  }

  @Test
  void a_telephone_that_nobody_picks_up_is_no_answer() throws Exception {
    try (FakeExchange exchange = new FakeExchange();
        Town town = open(exchange, "5m")) {
      String alert = town.press("demo-sos-001");
      String notice = exchange.next().body().get("id").asText();
      assertEquals(
          200,
          exchange.says(
              callback(town),
              "p1",
              "{\"event\":\"placed\",\"notice\":\"" + notice + "\",\"result\":\"no_answer\"}"));
      town.until(
          () -> town.alert(alert).get("timeline").toString().contains("not_answered"),
          "that nobody picked up");
    }
  }
}
