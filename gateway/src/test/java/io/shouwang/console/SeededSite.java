package io.shouwang.console;

import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.wording.District;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A console with a few alerts to look at in a browser: token {@code token-of-city}. */
final class SeededSite {
  private SeededSite() {}

  public static void main(String[] args) throws Exception {
    Site site = new Site(ConsoleSettings.plain("127.0.0.1", Integer.parseInt(args[0])));
    Instant now = Clock.SYSTEM.wall();
    if (args.length > 1) {
      crowd(site, now, Integer.parseInt(args[1]));
    } else {
      seed(site, now);
    }
    System.out.println("serving on " + site.server.port());
    Thread.currentThread().join();
  }

  /** Many homes that nobody registered, each with an alert; and one with a long story. */
  static void crowd(Site site, Instant now, int count) {
    for (int i = 0; i < count; i++) {
      site.engine.setNow(now.minusSeconds(20L * (count - i) + 300).toString());
      site.says("stray-" + i, i % 3 == 0 ? "fall" : "sos", "{}");
    }
    if (count > 0) {
      story(site, now);
    }
    site.engine.setNow(now.toString());
  }

  private static void story(Site site, Instant now) {
    site.quietly("band-1", "location", "{\"lat\":32.0102,\"lon\":120.8654,\"source\":\"gnss\"}");
    for (int i = 0; i < 40; i++) {
      site.engine.setNow(now.minusSeconds(290 - i * 5L).toString());
      site.says("sos-1", "sos", "{\"id\":\"" + i + "\"}");
      site.engine.happens(new Input.TimePassed(District.HOME));
    }
    site.says("smoke-1", "smoke", "{}");
  }

  /** An incident of a building, an exercise, and somebody who calls. */
  private static void surroundings(Site site, Instant now) {
    site.engine.happens(
        new Input.IncidentNoticed(
            Input.Incident.FIRE,
            District.GRID,
            "",
            3,
            now.minusSeconds(300),
            List.of(District.HOME)));
    site.engine.happens(
        new Input.ModeChanged(
            District.HOME,
            new DeviceId("band-2"),
            Mode.Kind.TEST,
            now.plusSeconds(600),
            new ResponderId("east"),
            "http"));
    site.quietly("band-2", "fall", "{}");
    site.engine.happens(
        new Input.CallReported(
            "hotline",
            "c1",
            Input.CallPhase.RINGING,
            District.HOME,
            List.of(District.HOME),
            null,
            Duration.ofSeconds(20),
            null,
            "051385000001"));
    site.dialers = List.of(new Exchange());
  }

  /** An exchange that connects whoever is asked for. */
  static final class Exchange implements Dialer {
    final List<Connection> asked = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "hotline";
    }

    @Override
    public boolean allowsAnyNumber() {
      return false;
    }

    @Override
    public Verdict connect(Connection connection) {
      asked.add(connection);
      return new Verdict.Accepted("x-1");
    }
  }

  static void seed(Site site, Instant now) {
    site.engine.setNow(now.minusSeconds(400).toString());
    site.quietly("band-1", "location", "{\"lat\":32.0102,\"lon\":120.8654,\"source\":\"gnss\"}");
    site.says("smoke-1", "smoke", "{\"state\":\"fault\"}");
    site.engine.setNow(now.minusSeconds(200).toString());
    AlertId accepted = site.press("sos-2");
    site.engine.setNow(now.minusSeconds(150).toString());
    site.engine.happens(
        new Input.ReplyReceived(
            new Reply("r", accepted, Reply.Answer.ACCEPT, 12, null, null),
            new ResponderId("son"),
            false,
            "mqtt"));
    site.engine.setNow(now.minusSeconds(130).toString());
    String at = now.minusSeconds(1_900).toString();
    AlertId sos = site.says("sos-1", "sos", "{\"id\":\"7\",\"at\":\"" + at + "\"}");
    site.engine.happens(
        new Input.DeliveryReported(new DeliveryKey(sos, 2), new Outcome.Acknowledged()));
    site.engine.setNow(now.minusSeconds(60).toString());
    site.engine.happens(new Input.TimePassed(District.HOME));
    site.press("<img src=x onerror=alert(1)>".replaceAll("[^a-z]", "-"));
    site.engine.setNow(now.minusSeconds(40).toString());
    surroundings(site, now);
    site.engine.setNow(now.toString());
    site.engine.happens(new Input.TimePassed(new HomeId("h-002")));
  }
}
