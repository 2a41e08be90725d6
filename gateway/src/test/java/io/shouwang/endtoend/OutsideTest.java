package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A press, the daughter's mail, and her answer by HTTPS on the listener for the internet, behind
 * which nothing else is to be had.
 */
final class OutsideTest {
  @TempDir private Path directory;

  private static void configure(Path config, int port) throws IOException {
    Files.writeString(
        config.resolve("gateway.yaml"),
        """
        outside:
          port: 0
          tls:
            certificate: tls/server.pem
            key: tls/server-key.pem
          also_inside: false
        """,
        StandardOpenOption.APPEND);
    Files.writeString(
        config.resolve("channels.yaml"),
        """
        public_url: https://help.example.org
        channels:
          mail:
            providers:
              - type: smtp
                host: 127.0.0.1
                port: %d
                security: plain
                from: alarm@help.example.org
        """
            .formatted(port));
    Files.writeString(
        config.resolve("registry/ways.csv"),
        """
        responder,channel,address,after,verified
        demo-daughter,mail,daughter@example.org,,2026-01-31
        """);
  }

  private static String found(String pattern, String text) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), text);
    return found.group(1);
  }

  private static HttpResponse<String> send(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void a_relative_answers_from_the_internet_and_reaches_nothing_else() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    try (Town town = Town.open(directory, config -> configure(config, mail.getSmtp().getPort()));
        HttpClient phone = HttpClient.newBuilder().sslContext(town.certificate.context()).build()) {
      String alert = town.press("demo-sos-001");
      assertTrue(mail.waitForIncomingEmail(30_000, 1), () -> "no mail came for " + alert);
      MimeMultipart parts = (MimeMultipart) mail.getReceivedMessages()[0].getContent();
      String html = (String) parts.getBodyPart(1).getContent();
      URI link = URI.create(found("href=\"([^\"]+)\"", html));
      assertEquals("help.example.org", link.getHost());
      URI outside = town.outside(link.getPath());
      assertEquals("https", outside.getScheme());

      HttpResponse<String> page = send(phone, outside);
      assertEquals(200, page.statusCode());
      assertTrue(page.headers().firstValue("Strict-Transport-Security").isPresent());
      assertEquals(0, town.alert(alert).get("coming").size(), "to open it answers nothing");
      assertEquals(200, send(phone, town.outside("/answer.css")).statusCode());
      String once = found("name=\"once\" value=\"([0-9a-f]{16})\"", page.body());
      HttpResponse<String> answered =
          phone.send(
              HttpRequest.newBuilder(outside)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("once=" + once + "&answer=accept-20"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(200, answered.statusCode());
      JsonNode coming = town.alert(alert).get("coming");
      assertEquals("demo-daughter", coming.get(0).get("id").asText(), coming.toString());
      assertTrue(answered.body().contains("class=\"said taken\""), answered.body());

      assertEquals(404, send(phone, town.outside("/metrics")).statusCode());
      assertEquals(404, send(phone, town.outside("/api/v1/alerts")).statusCode());
      assertEquals(
          404, send(phone, town.http(link.getPath())).statusCode(), "also_inside is false");
    } finally {
      mail.stop();
    }
  }
}
