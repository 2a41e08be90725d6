package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.host.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes from outside to do harm stays outside: the console and a press never wait for it. */
class OutsideFloodTest {
  private static final int FLOODERS = 8;
  private static final long IN_TIME_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static ConsoleSettings.Outside tight() {
    return OutsideServerTest.limited(Set.of(), 40, 200, 30);
  }

  /** The inner listener answers, reads and writes, each time in time. */
  private static void assertServes(Site site, int times, String prefix) throws Exception {
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      assertEquals(200, site.get(Site.ALERTS, Site.bearer("east")).status());
      String event = "{\"id\":\"" + prefix + i + "\"}";
      String path = "/api/v1/devices/sos-1/events/sos";
      assertEquals(202, site.post(path, Site.basic("sos-1"), event).status());
      assertTrue(System.nanoTime() - began < IN_TIME_NANOS, "number " + i + " waited");
    }
  }

  @Test
  void aFloodOfForgedLinksFromManyAddresses() throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    try (Site site = OutsideServerTest.site(tight());
        ExecutorService flood = Executors.newFixedThreadPool(FLOODERS)) {
      int port = site.server.outsidePort();
      for (int i = 0; i < FLOODERS; i++) {
        String from = "127.0.1." + (i + 1);
        flood.execute(() -> {
          while (!ends.get()) {
            try {
              Wire.askFrom(from, port, "GET", "/r/forged");
              asked.incrementAndGet();
            } catch (IOException e) {
              // Refused, or out of ports for a moment: it comes again.
            }
          }
        });
      }
      try {
        assertServes(site, 50, "f");
      } finally {
        ends.set(true);
      }
      assertTrue(asked.get() > 0);
      assertTrue(site.server.outsideRoutes().size() > 0);
    }
  }

  @Test
  void slowHeadsBodiesAndReadersHoldNothingThatOthersNeed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (Site site = OutsideServerTest.site(tight())) {
      int port = site.server.outsidePort();
      String link = OutsideServerTest.link(site, site.press("sos-1"));
      String head = " HTTP/1.1\r\nHost: x\r\n";
      List<String> beginnings =
          List.of(
              "",
              "GET /r/",
              "GET " + link + head + "X-Slow: ",
              "POST "
                  + link
                  + head
                  + "Content-Type: application/x-www-form-urlencoded\r\n"
                  + "Content-Length: 500\r\n\r\nanswer=",
              "POST /callbacks/none" + head + "Content-Length: 60000\r\n\r\n{",
              ("GET /answer.css" + head + "\r\n").repeat(Turnstile.REQUESTS_PER_CONNECTION));
      for (int i = 0; i < 120; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1_024); // nothing of an answer is taken before it is read
        socket.bind(new InetSocketAddress("127.0.2." + (1 + i % 6), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        slow.add(socket);
        socket
            .getOutputStream()
            .write(beginnings.get(i % beginnings.size()).getBytes(StandardCharsets.US_ASCII));
      }
      assertServes(site, 30, "s");
      assertEquals(
          200, Wire.askFrom("127.0.3.1", port, "GET", link).status(), "others' links, too");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  @Tag("long")
  void whoTakesEveryConnectionAndSaysNothingMakesRoomSoon() throws Exception {
    List<Socket> silent = new ArrayList<>();
    ConsoleSettings.Outside small =
        new ConsoleSettings.Outside(
            "127.0.0.1", 0, null, true, true, Set.of(), 24, 24, 1_000, 1_000);
    try (Site site = OutsideServerTest.site(small)) {
      int port = site.server.outsidePort();
      String link = OutsideServerTest.link(site, site.press("sos-1"));
      for (int i = 0; i < 24; i++) {
        silent.add(Wire.connect("127.0.0.1", port));
      }
      assertServes(site, 5, "all");
      assertEquals(200, Wire.askFrom("127.0.3.1", port, "GET", link).status());
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  /** With time-outs so long that only a connection's own end can be what ends it. */
  private static ConsoleSettings.Limits patient() {
    ConsoleSettings.Limits usual = Site.LIMITS;
    return new ConsoleSettings.Limits(
        usual.connections(),
        usual.headBytes(),
        Duration.ofMinutes(10),
        Duration.ofMinutes(10),
        usual.bodyBytesPerSecondMin(),
        usual.roomWait(),
        usual.syncWait(),
        usual.heartbeat(),
        usual.streams(),
        usual.streamsPerCaller(),
        usual.streamQueueChanges(),
        usual.streamRingChanges(),
        usual.failedLoginsPerMinute());
  }

  @Test
  void whoNeverReadsHoldsAConnectionOnlySoLong() throws Exception {
    byte[] much = new byte[64 << 20]; // more than all buffers on the way
    Route big = Route.get("/big", Set.of(Who.ANYONE), (context, _) -> context.result(much));
    Route small = Route.get("/healthz", Set.of(Who.ANYONE), (context, _) -> context.result("{}"));
    ConsoleSettings.Outside two = OutsideServerTest.limited(Set.of(), 2, 1_000, 1_000);
    try (OutsideServer server =
            OutsideServer.open(
                two,
                patient(),
                List.of(big, small),
                new Gate(noDoorman(), NOBODY, Clock.SYSTEM, new SimpleMeterRegistry(), "outside"),
                Duration.ofMillis(500),
                new SimpleMeterRegistry(),
                Clock.SYSTEM);
        Socket first = Wire.connect("127.0.0.1", server.port());
        Socket second = Wire.connect("127.0.0.1", server.port())) {
      for (Socket socket : List.of(first, second)) {
        socket
            .getOutputStream()
            .write("GET /big HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      boolean served = false;
      for (int i = 0; i < 600 && !served; i++) { // a minute or more
        try (Socket third = Wire.connect("127.0.0.1", server.port())) {
          served = Wire.isServed(third);
        }
        LockSupport.parkNanos(100_000_000);
      }
      assertTrue(served, "both places are still taken");
    }
  }

  private static final Accounts NOBODY = TestAccounts.absent(Clock.SYSTEM);

  private static Doorman noDoorman() {
    return new Doorman(
        (_, _) -> false,
        _ -> Optional.empty(),
        NOBODY,
        _ -> false,
        () -> {
          throw new AssertionError("nobody is asked who they are");
        },
        new FailedLogins(1),
        Clock.SYSTEM,
        new SimpleMeterRegistry());
  }
}
