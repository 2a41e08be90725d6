package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first start to a dispatcher's answer, over TLS; and a gateway without its people. */
final class PeopleTest {
  private static final String PASSWORD = "four words that I know";

  private static String cookie(HttpResponse<String> response) {
    String given = response.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(given.startsWith("__Host-shouwang="), given);
    assertTrue(given.endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure"), given);
    return given.substring(0, given.indexOf(';'));
  }

  private static HttpResponse<String> ok(HttpResponse<String> response) {
    assertEquals(2, response.statusCode() / 100, response.body());
    return response;
  }

  private static String login(String user, String password) {
    return "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
  }

  @Test
  void a_first_start_is_set_up_and_a_dispatcher_answers(@TempDir Path directory) throws Exception {
    Town town = Town.open(directory);
    try {
      Path token = town.data.resolve("setup-token");
      town.until(() -> Files.exists(token), "the set-up token");
      town.until(
          () -> town.metrics().contains("shouwang_people_open 1.0"), "accounts that are open");
      String setup =
          "{\"token\":\"%s\",\"user\":\"root\",\"name\":\"张主任\",\"password\":\"%s\",\"area\":\"c-yunjin\"}"
              .formatted(Files.readString(token).strip(), PASSWORD);
      ok(town.browse("POST", "/api/v1/setup", "", setup));
      assertFalse(Files.exists(token));
      String root = cookie(ok(town.browse("POST", "/api/v1/session", "", login("root", PASSWORD))));
      String order =
          "{\"user\":\"li\",\"name\":\"李四\",\"roles\":[\"dispatcher\"],\"area\":\"c-yunjin\"}";
      String first =
          new ObjectMapper()
              .readTree(ok(town.browse("POST", "/api/v1/users", root, order)).body())
              .get("password")
              .asText();
      String li = cookie(ok(town.browse("POST", "/api/v1/session", "", login("li", first))));
      ok(
          town.browse(
              "POST",
              "/api/v1/me/password",
              li,
              "{\"password\":\"" + first + "\",\"new_password\":\"" + PASSWORD + "\"}"));
      String alert = town.press("demo-sos-001");
      ok(
          town.browse(
              "POST",
              "/api/v1/alerts/" + alert + "/replies",
              li,
              "{\"reply\":\"accept\",\"eta_min\":5}"));
      assertTrue(town.alert(alert).get("coming").toString().contains("li"));

      Town again = town.restarted();
      try (again) {
        again.until(() -> again.metrics().contains("shouwang_people_open 1.0"), "accounts again");
        JsonNode session =
            new ObjectMapper().readTree(ok(again.browse("GET", "/api/v1/session", li, "")).body());
        assertEquals("li", session.get("user").asText());
        assertFalse(Files.exists(token));
      }
    } finally {
      town.close();
    }
  }

  @Test
  void without_its_people_a_gateway_rings_all_the_same(@TempDir Path directory) throws Exception {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("people.db"), "no database ".repeat(500));
    try (Town town = Town.open(directory)) {
      String alert = town.press("demo-sos-001");
      byte[] spoke = "{\"reply\":\"spoke\"}".getBytes(StandardCharsets.UTF_8);
      Town.Answer answer =
          town.post("/api/v1/alerts/" + alert + "/replies", town.bearer(Town.OPERATOR), spoke);
      assertEquals(200, answer.status(), "its record waits, and holds it up no moment");
      town.until(
          () ->
              town.get("/readyz").json().path("troubles").toString().contains("nobody can log in"),
          "a trouble");
      JsonNode ready = town.get("/readyz").json();
      assertTrue(ready.get("ready").asBoolean());
      HttpResponse<String> login =
          town.browse("POST", "/api/v1/session", "", login("root", PASSWORD));
      assertEquals(503, login.statusCode());

      Files.delete(data.resolve("people.db"));
      town.until(() -> town.metrics().contains("shouwang_people_open 1.0"), "accounts put right");
      town.until(
          () ->
              town.get("/api/v1/audit?limit=500").json().toString().contains("\"what\":\"reply\""),
          "the record of what was done meanwhile");
    }
  }
}
