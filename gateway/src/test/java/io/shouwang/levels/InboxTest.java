package io.shouwang.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.TestReceipts;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Payload;
import io.shouwang.notify.provider.Callback;
import io.shouwang.wording.District;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may say what, and that it is acknowledged after the sync alone. */
final class InboxTest {
  private static final String EVENT =
      """
      {"specversion":"1.0","id":"a1.7.1","source":"urn:shouwang:gateway:linjiang",
       "type":"io.shouwang.alert.ringing.v1","subject":"a1","time":"2026-03-02T08:00:00Z",
       "data":{"number":7,"standing":"ringing","kind":"sos","severity":"critical",
               "reopened":0,"held_for_s":900}}\
      """;

  private final Signed.Stopped clock = new Signed.Stopped();
  private final List<Submission> taken = new ArrayList<>();
  private boolean full;
  private final Intake intake =
      new Intake() {
        @Override
        public boolean offer(Submission submission) {
          return !full && taken.add(submission);
        }

        @Override
        public void whenRoom(Lane lane, Runnable wake) {
          wake.run();
        }
      };
  private final Inbox inbox =
      new Inbox(
          "linjiang",
          Signed.SIGNATURE,
          event -> Standings.read(StandingsTest.COUNTY, event, new District()),
          intake,
          clock);

  private CompletableFuture<Callback.Response> calls(String type, String body) {
    return inbox
        .called(Signed.request(Signed.SIGNATURE, clock.wall(), type, body))
        .toCompletableFuture();
  }

  private int status(String type, String body) {
    CompletableFuture<Callback.Response> answer = calls(type, body);
    assertTrue(answer.isDone(), "it waits for the disk");
    return answer.join().status();
  }

  @Test
  void itIsAcknowledgedOnceItIsOnDisk() {
    CompletableFuture<Callback.Response> answer = calls(CloudEvent.ONE, EVENT);
    assertFalse(answer.isDone());
    assertEquals(1, taken.size());
    assertEquals(Lane.TELEMETRY, taken.getFirst().lane(), "our own alarms go first");
    taken.getFirst().acknowledgement().synced(TestReceipts.of(1), 1, new Answer.Taken());
    assertEquals(202, answer.join().status());
  }

  @Test
  void aCallGoesWithTheAlarms() {
    String call = EVENT.replace("ringing", "called");
    assertFalse(calls(CloudEvent.ONE, call).isDone());
    assertEquals(Lane.ALARM, taken.getFirst().lane());
  }

  @Test
  void whoDoesNotSignOrSignedLongAgoIsRefused() {
    for (Callback.Request request :
        List.of(
            Signed.request(Signed.OTHER, clock.wall(), CloudEvent.ONE, EVENT),
            Signed.request(
                Signed.SIGNATURE, clock.wall().minus(Duration.ofMinutes(6)), CloudEvent.ONE, EVENT),
            Signed.request(
                Signed.SIGNATURE, clock.wall().plus(Duration.ofMinutes(6)), CloudEvent.ONE, EVENT),
            new Callback.Request(
                "POST", Map.of(), Map.of(), Payload.of(EVENT.getBytes(StandardCharsets.UTF_8))))) {
      assertEquals(401, inbox.called(request).toCompletableFuture().join().status());
    }
    assertEquals(List.of(), taken);
  }

  @Test
  void anotherBodyUnderTheSameSignatureIsRefused() {
    Callback.Request good = Signed.request(Signed.SIGNATURE, clock.wall(), CloudEvent.ONE, EVENT);
    Callback.Request forged =
        new Callback.Request(
            "POST",
            good.query(),
            good.headers(),
            Payload.of(EVENT.replace("a1", "a2").getBytes(StandardCharsets.UTF_8)));
    assertEquals(401, inbox.called(forged).toCompletableFuture().join().status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "null",
        "\"text\"",
        "{}",
        "{\"specversion\":\"0.3\"}",
        "{\"specversion\":\"1.0\",\"specversion\":\"1.0\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"urn:shouwang:gateway:linjiang\","
            + "\"type\":\"io.shouwang.alert.ringing.v1\",\"time\":\"yesterday\"}",
      })
  void whatIsNoEventIsRefused(String body) {
    assertEquals(400, status(CloudEvent.ONE, body));
    assertEquals(List.of(), taken);
  }

  @Test
  void anotherGatewaysNameATypeOfTheCityAndALineOfBombsAreRefused() {
    assertEquals(400, status(CloudEvent.ONE, EVENT.replace("gateway:linjiang", "gateway:rugao")));
    assertEquals(
        400,
        status(
            CloudEvent.ONE,
            EVENT.replace("io.shouwang.alert.ringing", "io.shouwang.city.replied")));
    assertEquals(400, status(CloudEvent.ONE, "[".repeat(10_000)));
    assertEquals(
        400,
        status(CloudEvent.ONE, EVENT.replace("\"number\":7", "\"number\":" + "9".repeat(900))));
    assertEquals(
        400, status(CloudEvent.ONE, EVENT.replace("\"sos\"", "\"" + "s".repeat(20_000) + "\"")));
    assertEquals(400, status("application/json", EVENT));
    String many = "[" + String.join(",", Collections.nCopies(41, EVENT)) + "]";
    assertEquals(400, status(CloudEvent.BATCH, many));
    assertEquals(List.of(), taken);
  }

  @Test
  void aBadOneInABatchDoesNotHoldUpTheOthers() {
    String bad = EVENT.replace("\"critical\"", "\"terrible\"").replace("a1.7.1", "bad");
    CompletableFuture<Callback.Response> answer =
        calls(CloudEvent.BATCH, "[" + bad + "," + EVENT + "]");
    assertEquals(1, taken.size());
    taken.getFirst().acknowledgement().synced(TestReceipts.of(1), 1, new Answer.Taken());
    assertEquals(202, answer.join().status());
    String body = answer.join().body().toString();
    assertTrue(body.contains("\"refused\":[{") && body.contains("\"bad\""), body);
  }

  @Test
  void aFullHouseSaysSo() {
    full = true;
    assertEquals(503, status(CloudEvent.ONE, EVENT));
  }

  @Test
  void whatTheCityDoesIsReadAsAnAnswerOfItsDesk() throws Exception {
    String replied =
        """
        {"specversion":"1.0","id":"c1.9","source":"urn:shouwang:gateway:yunjin",
         "type":"io.shouwang.city.replied.v1","subject":"a1","time":"2026-03-02T08:00:00Z",
         "data":{"by":"desk","reply":"accept","eta_min":30}}
        """;
    LevelSettings.City city = StandingsTest.city(LevelSettings.Persons.CALLED);
    CloudEvent event =
        CloudEvent.read(CloudEvent.ONE, replied.getBytes(StandardCharsets.UTF_8)).getFirst();
    Instant later = Instant.parse("2026-03-02T08:12:30Z");
    Input.ReplyReceived input = (Input.ReplyReceived) Doings.read(city, event, later);
    assertEquals("yunjin-desk", input.by().value());
    assertEquals(18, input.reply().etaMin(), "twelve minutes are over");
    assertTrue(input.dispatcher());
    assertEquals("c1.9", input.reply().id());
  }
}
