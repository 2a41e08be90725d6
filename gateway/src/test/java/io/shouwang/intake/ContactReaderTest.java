package io.shouwang.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.shouwang.model.CareContact.Means;
import io.shouwang.model.ContactReport;
import io.shouwang.model.ElderId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContactReaderTest {
  private static ContactReader.Result read(String json) {
    return ContactReader.read(json.getBytes(StandardCharsets.UTF_8), null);
  }

  private static String why(String json) {
    return assertInstanceOf(ContactReader.Result.Unreadable.class, read(json)).why();
  }

  @Test
  void aVisitIsReadWithAllItSays() {
    String json =
        "{\"id\":\"v-1\",\"elder\":\"e-001\",\"means\":\"visit\",\"at\":\"2026-03-02T09:00:00+08:00\","
            + "\"result\":\"well\",\"note\":\"血压 135/80\",\"more\":[1]}";
    ContactReport report =
        new ContactReport(
            "v-1",
            new ElderId("e-001"),
            Means.VISIT,
            Instant.parse("2026-03-02T01:00:00Z"),
            "well",
            "血压 135/80");
    assertEquals(new ContactReader.Result.Read(report), read(json));
  }

  @Test
  void aCallNeedsNoMoreThanWhomAndHow() {
    ContactReport report =
        new ContactReport(null, new ElderId("e-001"), Means.CALL, null, "reached", null);
    assertEquals(
        new ContactReader.Result.Read(report), read("{\"elder\":\"e-001\",\"means\":\"call\"}"));
  }

  @Test
  void whatIsWrongIsNamedAndNeverQuoted() {
    assertEquals("not JSON", why("{"));
    assertEquals("not a JSON object", why("[]"));
    assertEquals("elder is missing", why("{\"means\":\"call\"}"));
    assertEquals(
        "elder must be 1 to 64 of A-Z a-z 0-9 _ -", why("{\"elder\":\"../x\",\"means\":\"call\"}"));
    assertEquals("means must be visit or call", why("{\"elder\":\"e\",\"means\":\"checkin\"}"));
    assertEquals(
        "at must be RFC 3339 with an offset, or epoch milliseconds",
        why("{\"elder\":\"e\",\"means\":\"call\",\"at\":\"noon\"}"));
    assertEquals(
        "result must be one word: well, no_answer, not_home, ...",
        why("{\"elder\":\"e\",\"means\":\"call\",\"result\":\"she fell.\"}"));
    assertEquals("note must be a string", why("{\"elder\":\"e\",\"means\":\"call\",\"note\":{}}"));
    assertEquals("longer than 16 KiB", why(" ".repeat(17_000)));
  }

  @Test
  void thePathsElderAndThePayloadsMustAgree() {
    byte[] other = "{\"elder\":\"e-2\",\"means\":\"call\"}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        new ContactReader.Result.Unreadable("elder must be the one of the path"),
        ContactReader.read(other, new ElderId("e-1")));
  }
}
