package io.shouwang.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.host.RealDisk;
import io.shouwang.intake.EventReader;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Severity;
import io.shouwang.model.Stamp;
import io.shouwang.wording.District;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the room has to answer, folded from the facts that the real core decides. */
class LoadTest {
  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private final District district = new District();
  private final LoadLog log = new LoadLog(100);
  private final List<Stamp> stamps = new ArrayList<>();
  private Home home = Home.empty(District.HOME);

  private List<Fact> at(int second, Input input) {
    Stamp stamp = new Stamp(stamps.size() + 1, NOON.plusSeconds(second));
    stamps.add(stamp);
    Decision decision = Core.decide(District.world(district), home, input, stamp);
    home = decision.home();
    decision.facts().forEach(fact -> log.take(stamp.now(), home.id(), fact, district));
    return decision.facts();
  }

  private static Input says(String device, String kind, String payload) {
    return new Input.EventReceived(
        EventReader.readOne(
            new DeviceId(device),
            null,
            new Kind(kind),
            null,
            payload.getBytes(StandardCharsets.UTF_8)));
  }

  private Input desk(Reply.Answer answer, @Nullable String how) {
    AlertId alert = home.alerts().getLast().id();
    Reply reply = new Reply(null, alert, answer, 5, how, "seen to");
    return new Input.ReplyReceived(reply, new ResponderId("desk"), true, "http");
  }

  private List<Shown> east() {
    return log.of(district, District.EAST, Instant.EPOCH, false).shown();
  }

  @Test
  void aPressIsShownToItsSeatAnsweredAndClosed() {
    at(0, says("sos-1", "sos", "{}"));
    Shown ringing = east().getFirst();
    assertEquals(District.GRID, ringing.area());
    assertEquals(new DeviceId("sos-1"), ringing.device());
    assertEquals("button", ringing.type());
    assertEquals(NOON, ringing.deskAt(), "for an alarm the desk rings from second 0");
    assertNull(ringing.answeredAt());
    assertEquals(List.of(), log.of(district, District.WEST, Instant.EPOCH, false).shown());
    assertEquals(1, log.of(district, District.CITY, Instant.EPOCH, true).shown().size());
    at(12, desk(Reply.Answer.ACCEPT, null));
    at(300, desk(Reply.Answer.DONE, "false_alarm"));
    LoadFigures figures = LoadFigures.of(east(), NOON, NOON.plusSeconds(600));
    assertEquals(1, figures.alerts());
    assertEquals(1, figures.bySeverity().get(Severity.CRITICAL));
    assertEquals(1, figures.closed().get("false_alarm"));
    assertEquals(1, figures.answering().within15());
    assertEquals(Duration.ofSeconds(12), figures.answering().median());
  }

  @Test
  void aDeclineIsNoAnswerAndWhatNobodyTookIsUnanswered() {
    at(0, says("sos-1", "sos", "{}"));
    at(3, desk(Reply.Answer.DECLINE, null));
    LoadFigures.Answering answering =
        LoadFigures.of(east(), NOON, NOON.plusSeconds(60)).answering();
    assertEquals(1, answering.rang());
    assertEquals(1, answering.unanswered());
    assertNull(answering.median());
  }

  @Test
  void threeSignalsOfADeviceWithinAMinuteAreChatterOnce() {
    at(0, says("sos-1", "sos", "{\"id\":\"1\"}"));
    at(20, says("sos-1", "sos", "{\"id\":\"2\"}"));
    assertEquals(0, east().getFirst().chatters());
    at(60, says("sos-1", "sos", "{\"id\":\"3\"}"));
    assertEquals(1, east().getFirst().chatters());
    at(61, says("sos-1", "sos", "{\"id\":\"4\"}"));
    assertEquals(1, east().getFirst().chatters(), "counting begins anew");
    assertEquals(4, east().getFirst().signals());
    at(600, says("sos-1", "sos", "{\"id\":\"5\"}"));
    at(640, says("sos-1", "sos", "{\"id\":\"6\"}"));
    at(661, says("sos-1", "sos", "{\"id\":\"7\"}"));
    assertEquals(1, east().getFirst().chatters(), "61 s from first to third are no minute");
  }

  @Test
  void theSameFactsGiveTheSameLog() {
    List<List<Fact>> facts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      facts.add(at(i * 40, says(i % 2 == 0 ? "sos-1" : "band-2", "sos", "{\"id\":\"" + i + "\"}")));
    }
    LoadLog again = new LoadLog(100);
    for (int i = 0; i < facts.size(); i++) {
      Instant when = stamps.get(i).now();
      facts.get(i).forEach(fact -> again.take(when, District.HOME, fact, district));
    }
    assertEquals(log.all(), again.all());
    assertTrue(log.all().size() > 1);
  }

  @Test
  void itIsBoundedAndSaysSinceWhenItCounts() {
    LoadLog small = new LoadLog(2);
    for (int i = 0; i < 3; i++) {
      Instant when = NOON.plusSeconds(i);
      Home each = Home.empty(new HomeId("h-00" + (i + 1)));
      Decision decision =
          Core.decide(
              District.world(district),
              each,
              says("sos-1", "sos", "{\"id\":\"" + i + "\"}"),
              new Stamp(i + 1, when));
      decision.facts().forEach(fact -> small.take(when, each.id(), fact, district));
    }
    assertEquals(2, small.all().size());
    assertEquals(NOON.plusMillis(1), small.countedFrom());
    small.passTo(NOON.plus(LoadLog.KEPT).plusSeconds(2));
    assertEquals(1, small.all().size(), "what is older than a month goes");
  }

  @Test
  void theWorstDevicesMakeTheirShare() {
    List<Shown> shown = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      shown.add(shown(i, i < 6 ? "smoke-1" : "sos-" + i, i < 6 ? "Acme S1" : "", i < 3));
    }
    List<Source> devices = Source.devices(shown, 2);
    assertEquals("smoke-1", devices.getFirst().name());
    assertEquals(0.6, devices.getFirst().share(), 1e-9);
    assertEquals(3, devices.getFirst().falseAlarms());
    assertEquals(2, devices.size());
    assertEquals("Acme", Source.vendors(shown, 5).getFirst().name());
    assertEquals(1, Source.models(shown, 5).size(), "no model said is none");
  }

  private static Shown shown(int i, String device, String model, boolean isFalse) {
    return new Shown(
        new AlertId("a" + i),
        District.HOME,
        District.GRID,
        new DeviceId(device),
        "smoke",
        model,
        Kind.SMOKE,
        Severity.CRITICAL,
        false,
        NOON.plusSeconds(i),
        NOON.plusSeconds(i),
        null,
        isFalse ? NOON.plusSeconds(i + 9) : null,
        isFalse ? "false_alarm" : "",
        1,
        0);
  }

  @Test
  void whatWasCountedIsReadBackAndWhatIsDamagedIsRefused(@TempDir Path data) throws Exception {
    at(0, says("sos-1", "sos", "{}"));
    at(5, desk(Reply.Answer.ACCEPT, null));
    LoadFile file = new LoadFile(new RealDisk(), data);
    assertNull(file.read());
    file.write(new LoadFile.Kept(7, log.countedFrom(), log.all()));
    file.write(new LoadFile.Kept(8, log.countedFrom(), log.all()));
    LoadFile.Kept kept = file.read();
    assertEquals(new LoadFile.Kept(8, log.countedFrom(), log.all()), kept);
    byte[] bytes = Files.readAllBytes(data.resolve(LoadFile.NAME));
    bytes[20] ^= 1;
    Files.write(data.resolve(LoadFile.NAME), bytes);
    assertThrows(IOException.class, file::read);
  }
}
