package io.shouwang.sim.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.shouwang.sim.message.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private static final Instant AT = Instant.parse("2026-03-01T14:02:07.120Z");

  private final Screen screen = new Screen();

  @Test
  void anAlertReadsAsAPersonWouldWantIt() throws Exception {
    String json =
        """
        {"alert":"a-1","delivery":"d-1","kind":"sos","severity":"critical","state":"ringing",
         "raised_at":"2026-03-01T14:02:07Z","elder":{"id":"e-001","name":"王秀兰","age":82},
         "elders":[{"id":"e-001","name":"王秀兰","age":82},{"id":"e-002","name":"李国强","age":85}],
         "home":{"id":"h-001","address":"3-502 Gulou Road","area":"grid-7","phone":"025-1234",
                 "access":{"key_box":"4711","floor":5}},
         "location":{"lat":32.0603,"lon":118.79691,"age_s":12,"source":"gnss"},
         "why":"pressed the button","coming":[{"name":"neighbour","eta_min":5},"grid worker"],
         "rung":1,"reply_by":1772373757000,"link":"http://127.0.0.1:8080/r/x"}
        """;
    AlertCard.print(
        screen.terminal(),
        AT,
        "demo-daughter",
        3,
        Alert.read(json.getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        """
        14:02:07.120  demo-daughter   [3] SOS  critical  ringing  a-1
                                      who     王秀兰 (82), 李国强 (85)
                                      where   3-502 Gulou Road, grid-7
                                      phone   025-1234
                                      access  key box: 4711, floor: 5
                                      place   32.06030, 118.79691, gnss, 12 s old
                                      why     pressed the button
                                      raised  14:02:07
                                      rung    1
                                      coming  neighbour in 5 min, grid worker
                                      reply   by 14:02:37
                                      link    http://127.0.0.1:8080/r/x
        """,
        screen.text());
  }

  @Test
  void textFromOutsideCannotMoveTheCursorOrTurnTheWriting() {
    screen.terminal().line(AT, "x\u001b[2J", "a\nb\r\u202ec\u009b");
    String text = screen.text();
    assertEquals(1, text.lines().count());
    assertFalse(text.contains("\u001b") || text.contains("\u202e") || text.contains("\u009b"));
    assertEquals(true, text.contains("a\\u000ab\\u000d\\u202ec\\u009b"));
  }
}
