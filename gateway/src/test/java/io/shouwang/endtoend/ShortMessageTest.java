package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.cli.SendTestCommand;
import io.shouwang.notify.cmpp.Gateway;
import io.shouwang.notify.smpp.Centre;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A real gateway, and operators' systems of other libraries beside it: a press is a short message,
 * its receipt is seen, the reply accepts the alert, and what nobody reports on is taken for lost.
 */
final class ShortMessageTest {
  @TempDir private Path directory;

  private static void secret(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static String smpp(int port) {
    return """
          - type: smpp
            host: 127.0.0.1
            port: %d
            system_id: shouwang
            password_file: smpp.password
            source: "10690001"
            timeout: 30s
    """
        .formatted(port);
  }

  private static String cmpp(int port) {
    return """
          - type: cmpp
            host: 127.0.0.1
            port: %d
            sp_id: "901234"
            secret_file: cmpp.secret
            number: "10690001"
            timeout: 30s
    """
        .formatted(port);
  }

  private static void configure(Path config, String provider) throws IOException {
    secret(config.resolve("smpp.password"), Centre.PASSWORD);
    secret(config.resolve("cmpp.secret"), Gateway.SECRET);
    Files.writeString(
        config.resolve("channels.yaml"),
        """
        public_url: http://127.0.0.1:8080
        channels:
          sms:
            report_within: 5s
            providers:
        """
            + provider);
    Files.writeString(
        config.resolve("registry/ways.csv"),
        """
        responder,channel,address,after,verified
        demo-grid,sms,+8613800000001,,2026-01-31
        """);
  }

  private static boolean timelineHas(Town town, String alert, String... words) throws Exception {
    for (JsonNode entry : town.alert(alert).get("timeline")) {
      String text = entry.toString();
      boolean all = true;
      for (String word : words) {
        all &= text.contains(word);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  @Test
  void a_press_is_a_message_and_the_reply_accepts_the_alert() throws Exception {
    try (Centre centre = new Centre();
        Town town = Town.open(directory, config -> configure(config, smpp(centre.port())))) {
      String alert = town.press("demo-sos-001");
      byte[] sent = centre.next().getShortMessage();
      assertTrue(new String(sent, StandardCharsets.UTF_16BE).contains("紧急呼叫"));
      String first = Integer.toString(centre.nextId.get());
      town.until(
          () -> {
            // Each part that came has arrived, however many there are by now.
            for (int id = 0xA1; id <= centre.nextId.get(); id++) {
              centre.receipt(Integer.toString(id), "DELIVRD", "000");
            }
            return town.alert(alert).toString().contains("delivered");
          },
          "the receipt of " + first);
      assertEquals(
          0, centre.text("8613800000001", (byte) 0, 0, "1".getBytes(StandardCharsets.US_ASCII)));
      town.until(
          () -> timelineHas(town, alert, "demo-grid", "\"accept", "\"sms\""),
          "the reply with its channel");
      assertTrue(town.alert(alert).get("coming").toString().contains("demo-grid"));
    }
  }

  @Test
  void what_nobody_reports_on_is_dropped() throws Exception {
    try (Gateway operator = new Gateway((short) 0x20, 0);
        Town town = Town.open(directory, config -> configure(config, cmpp(operator.port())))) {
      String alert = town.press("demo-sos-001");
      assertTrue(operator.next().getMsgContent().contains("紧急呼叫"));
      town.until(() -> town.alert(alert).toString().contains("dropped"), "the report's absence");
    }
  }

  @Test
  void send_test_waits_for_its_line_and_says_what_is_wrong() throws Exception {
    try (Centre centre = new Centre()) {
      Path config = Files.createDirectory(directory.resolve("one"));
      Town.copyDemo(config);
      configure(config, smpp(centre.port()));
      StringWriter out = new StringWriter();
      assertEquals(0, sendTest(config, out), out::toString);
      assertTrue(out.toString().contains("sms: accepted as"), out::toString);
      assertEquals(8, centre.next().getDataCoding());
      Files.writeString(config.resolve("smpp.password"), "wrong");
      StringWriter again = new StringWriter();
      assertEquals(1, sendTest(config, again));
      assertTrue(
          again.toString().contains("refused, misconfigured: bind refused"), again::toString);
    }
  }

  private static int sendTest(Path config, StringWriter out) {
    return new CommandLine(new SendTestCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute("--config", config.toString(), "--channel", "sms", "--to", "+8613800000001");
  }
}
