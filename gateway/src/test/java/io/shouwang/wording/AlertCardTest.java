package io.shouwang.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertCardTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private final Story story = new Story(District.HOME);

  private Map<String, Object> card(String now) {
    return AlertCard.of(story.seen(), story.district, Wording.EN, Instant.parse(now), ZONE);
  }

  @Test
  void theContractsFieldsAreThere() {
    story
        .says("2026-11-22T06:00:00Z", "sos-1", "sos", "{}")
        .replies("2026-11-22T06:00:30Z", "daughter", "{\"reply\":\"accept\",\"eta_min\":8}");
    Map<String, Object> card = card("2026-11-22T06:01:00Z");
    assertEquals(story.id().value(), card.get("alert"));
    assertEquals("sos", card.get("kind"));
    assertEquals("critical", card.get("severity"));
    assertEquals("accepted", card.get("state"));
    assertEquals("2026-11-22T06:00:00Z", card.get("raised_at"));
    Map<String, Object> elder =
        Map.of("id", "e-001", "name", "王秀英", "age", 85, "ability", "partly_dependent");
    assertEquals(elder, card.get("elder"));
    assertEquals(List.of(elder, Map.of("id", "e-002", "name", "王德福")), card.get("elders"));
    assertEquals(List.of(), card.get("modes"));
    assertEquals(false, card.get("exercise"));
    assertEquals(
        Map.of(
            "id", "h-001",
            "address", "东区幸福里 3 幢 201 室",
            "area", "grid-1",
            "phone", "0513-85000001",
            "access", "钥匙盒在门左侧"),
        card.get("home"));
    assertEquals(1, card.get("rung"));
    assertEquals("SOS pressed, received 14:00:00, no device time", card.get("why"));
    assertEquals(
        List.of(
            Map.of(
                "id", "daughter",
                "by", "王小燕",
                "relation", "女儿",
                "role", "relative",
                "phase", "promised",
                "eta_min", 8L,
                "eta_at", "2026-11-22T06:08:30Z",
                "until", "2026-11-22T06:13:30Z")),
        card.get("coming"));
  }

  @Test
  void thePositionIsTheEldersLatestAndSaysItsAge() {
    String at = "{\"lat\":32.1,\"lon\":120.8,\"source\":\"gnss\",\"fix_at\":\"%s\"}";
    story
        .says(
            "2026-11-22T05:50:00Z", "band-1", "location", at.formatted("2026-11-22T13:50:00+08:00"))
        .says(
            "2026-11-22T05:59:00Z", "band-2", "location", at.formatted("2026-11-22T13:59:00+08:00"))
        .says("2026-11-22T06:00:00Z", "sos-1", "sos", "{}");
    Map<String, Object> card = card("2026-11-22T06:01:00Z");
    assertEquals(
        Map.of(
            "lat", 32.1, "lon", 120.8, "datum", "wgs84", "source", "gnss", "device", "band-1",
            "age_s", 660L),
        card.get("location"));
  }

  @Test
  void theBriefCardShowsNeitherPersonNorDoorNorPosition() {
    story
        .says("2026-11-22T05:50:00Z", "band-1", "location", "{\"lat\":32.1,\"lon\":120.8}")
        .says("2026-11-22T06:00:00Z", "sos-1", "sos", "{}");
    Map<String, Object> card =
        AlertCard.brief(
            story.seen(), story.district, Wording.EN, Instant.parse("2026-11-22T06:01:00Z"), ZONE);
    assertFalse(card.containsKey("elder"));
    assertFalse(card.containsKey("elders"));
    assertFalse(card.containsKey("location"));
    assertEquals(Map.of("id", "h-001", "area", "grid-1"), card.get("home"));
  }
}
