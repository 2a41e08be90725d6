package io.shouwang.sim.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessagesTest {
  private static final Instant AT = Instant.parse("2026-03-01T14:02:07.120Z");

  @Test
  void aTypedObjectGetsTheIdAndTimeItLacksAndNothingElseIsTouched() {
    var at = Payloads.at(AT);
    assertEquals(
        "{\"state\":\"active\",\"x\":[1],\"id\":\"i\",\"at\":\"2026-03-01T14:02:07.120Z\"}",
        Payloads.typed("{\"state\":\"active\",\"x\":[1]}", "i", at).toString());
    assertEquals(
        "{\"id\":\"mine\",\"at\":5}",
        Payloads.typed("{\"id\":\"mine\",\"at\":5}", "i", at).toString());
    assertEquals("[{\"a\":1}]", Payloads.typed("[{\"a\":1}]", "i", at).toString());
    assertThrows(IllegalArgumentException.class, () -> Payloads.typed("{", "i", at));
  }

  @Test
  void aTypedTimeKeepsItsForm() {
    assertEquals("1772373727120", Payloads.at("1772373727120").toString());
    assertEquals(
        "\"2026-03-01T22:02:07+08:00\"", Payloads.at("2026-03-01T22:02:07+08:00").toString());
    assertThrows(IllegalArgumentException.class, () -> Payloads.at("yesterday"));
    assertThrows(IllegalArgumentException.class, () -> Payloads.at("2026-03-01T22:02:07"));
  }

  @Test
  void aVisitIsSaidAsTheContractHasIt() {
    assertEquals(
        "{\"id\":\"v\",\"at\":\"2026-03-01T14:02:07.120Z\",\"elder\":\"e-001\","
            + "\"means\":\"visit\",\"result\":\"well\"}",
        new String(
            new Contact("e-001", "visit", "well", null).message("v", Payloads.at(AT)), UTF_8));
    assertEquals("v1/responders/demo-grid/contacts", Contact.topic("demo-grid"));
  }

  @Test
  void whatTheWearerHears() throws Exception {
    assertEquals("received (alert a-1)", down("{\"type\":\"received\",\"alert\":\"a-1\"}").words());
    assertEquals(
        "daughter is coming, 8 minutes",
        down("{\"type\":\"accepted\",\"alert\":\"a\",\"by\":\"daughter\",\"eta_min\":8}").words());
    assertEquals(
        "neighbour is coming, 1 minute",
        down("{\"type\":\"accepted\",\"by\":\"neighbour\",\"eta_min\":1}").words());
    assertTrue(down("{\"type\":\"closed\",\"alert\":\"a\"}").closed());
    assertEquals("child-1", down("{\"type\":\"received\",\"device\":\"child-1\"}").device());
    assertEquals("{\"type\":\"new\"}", down("{\"type\":\"new\"}").words());
    assertThrows(IOException.class, () -> down("[1]"));
  }

  @Test
  void anAlertWithNothingButItsNameIsStillAnAlert() throws Exception {
    Alert alert =
        Alert.read("{\"alert\":\"a-1\",\"rung\":\"x\",\"raised_at\":\"?\"}".getBytes(UTF_8));
    assertEquals("a-1", alert.id());
    assertNull(alert.rung());
    assertNull(alert.raisedAt());
    assertEquals(List.of(), alert.elders());
    assertThrows(IOException.class, () -> Alert.read("{}".getBytes(UTF_8)));
    assertThrows(IOException.class, () -> Alert.read("nonsense".getBytes(UTF_8)));
    assertThrows(IOException.class, () -> Alert.read(new byte[0]));
  }

  @Test
  void timesComeAsTextOrAsEpochMilliseconds() throws Exception {
    Alert text =
        Alert.read(
            "{\"alert\":\"a\",\"raised_at\":\"2026-03-01T22:02:07.12+08:00\"}".getBytes(UTF_8));
    Alert number =
        Alert.read(("{\"alert\":\"a\",\"raised_at\":" + AT.toEpochMilli() + "}").getBytes(UTF_8));
    assertEquals(AT, text.raisedAt());
    assertEquals(AT, number.raisedAt());
  }

  @Test
  void aReplyCarriesOnlyWhatWasSaid() {
    assertEquals(
        "{\"id\":\"r\",\"alert\":\"a\",\"reply\":\"accept\",\"eta_min\":8}",
        new String(Reply.accept(8).message("r", "a"), UTF_8));
    assertEquals(
        "{\"id\":\"r\",\"alert\":\"a\",\"reply\":\"done\",\"disposition\":\"real\"}",
        new String(Reply.done("real").message("r", "a"), UTF_8));
  }

  private static Down down(String json) throws IOException {
    return Down.read(json.getBytes(UTF_8));
  }
}
