package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A press reaches a mailbox of its own server, in Chinese, and the mail's button answers. */
final class MailTest {
  @TempDir private Path directory;

  private static void configure(Path config, int port) throws IOException {
    Files.writeString(
        config.resolve("channels.yaml"),
        """
        public_url: http://127.0.0.1:8080
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

  @Test
  void a_press_reaches_a_mailbox_and_the_button_in_it_answers() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    try (Town town = Town.open(directory, config -> configure(config, mail.getSmtp().getPort()));
        HttpClient http = HttpClient.newHttpClient()) {
      String alert = town.press("demo-sos-001");
      assertTrue(mail.waitForIncomingEmail(30_000, 1), () -> "no mail came for " + alert);
      MimeMessage message = mail.getReceivedMessages()[0];
      assertEquals("守望：紧急呼叫 林秀英", message.getSubject());
      assertEquals("daughter@example.org", message.getAllRecipients()[0].toString());
      assertTrue(message.getMessageID().startsWith("<" + alert + "."), message.getMessageID());
      MimeMultipart parts = (MimeMultipart) message.getContent();
      String text = (String) parts.getBodyPart(0).getContent();
      assertTrue(text.contains("荷花街道桃花里12号楼2单元301室"), text);
      String html = (String) parts.getBodyPart(1).getContent();
      String path = URI.create(found("href=\"([^\"]+)\"", html)).getPath();

      HttpResponse<String> page =
          http.send(
              HttpRequest.newBuilder(town.http(path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, page.statusCode());
      assertEquals(0, town.alert(alert).get("coming").size(), "to open it answers nothing");
      String once = found("name=\"once\" value=\"([0-9a-f]{16})\"", page.body());
      HttpResponse<String> answered =
          http.send(
              HttpRequest.newBuilder(town.http(path))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("once=" + once + "&answer=accept-20"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answered.statusCode());
      JsonNode coming = town.alert(alert).get("coming");
      assertEquals("demo-daughter", coming.get(0).get("id").asText(), coming.toString());
    } finally {
      mail.stop();
    }
  }
}
