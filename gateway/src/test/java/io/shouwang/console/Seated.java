package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody at a browser: keeps one cookie, and sends our page's header. */
final class Seated {
  static final String PASSWORD = "four words that I know";
  private final Site site;
  @Nullable String cookie;

  Seated(Site site) {
    this.site = site;
  }

  static ObjectNode json() {
    return Site.JSON.createObjectNode();
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = site.request(path, null).header("X-Shouwang", "page");
    if (cookie != null) {
      request.header("Cookie", "shouwang=" + cookie);
    }
    return request;
  }

  Site.Reply send(HttpRequest.Builder request) throws Exception {
    Site.Reply reply = site.send(request);
    String given = reply.header("Set-Cookie");
    if (given.startsWith("shouwang=")) {
      String value = given.substring("shouwang=".length(), given.indexOf(';'));
      cookie = value.isEmpty() ? null : value;
    }
    return reply;
  }

  Site.Reply get(String path) throws Exception {
    return send(request(path));
  }

  Site.Reply post(String path, JsonNode body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  Site.Reply delete(String path) throws Exception {
    return send(request(path).DELETE());
  }

  Site.Reply login(String user, String password) throws Exception {
    return post("/api/v1/session", json().put("user", user).put("password", password));
  }

  /** Makes an account by this administrator; somebody at another browser, password chosen. */
  Seated make(String user, String area, String... roles) throws Exception {
    ObjectNode order = json().put("user", user).put("name", user).put("area", area);
    List.of(roles).forEach(order.putArray("roles")::add);
    Site.Reply made = post("/api/v1/users", order);
    assertEquals(201, made.status(), made.response().body());
    Seated other = new Seated(site);
    String first = made.json().get("password").asText();
    assertEquals(200, other.login(user, first).status());
    Site.Reply changed =
        other.post(
            "/api/v1/me/password", json().put("password", first).put("new_password", PASSWORD));
    assertEquals(204, changed.status(), changed.response().body());
    return other;
  }
}
