package io.shouwang.notify.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.shouwang.model.Payload;
import io.shouwang.notify.chat.Bench;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Verdict;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is asked of an exchange, and what its answers mean. */
final class ExchangeKindTest {
  private static final Map<String, String> SECRETS =
      Map.of("s", "whsec_dHdlbnR5LWZvdXIgYnl0ZXMgb3IgbW9yZQ==", "bad", "whsec_c2hvcnQ=");
  private static final String NUMBER = "+8613800000001";

  private final Bench bench = new Bench("2026-11-29T06:02:00Z");

  private Provider open(String more, Duration limit) {
    return bench.open(new ExchangeKind(), "secrets_file: s\n" + more, SECRETS, limit);
  }

  @Test
  void each_status_means_something() throws Exception {
    int[] status = {202};
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Retry-After", "7");
          exchange.sendResponseHeaders(status[0], -1);
          exchange.close();
        });
    server.start();
    String url = "url: http://127.0.0.1:" + server.getAddress().getPort() + "\n";
    try (Provider exchange = open(url, Duration.ofSeconds(30))) {
      Map<Integer, Failure> means =
          Map.of(
              401, Failure.MISCONFIGURED,
              404, Failure.MISCONFIGURED,
              422, Failure.NO_SUCH_ADDRESS,
              423, Failure.NOT_ANSWERED,
              429, Failure.BUSY,
              503, Failure.BUSY,
              500, Failure.BROKEN,
              400, Failure.REFUSED);
      for (Map.Entry<Integer, Failure> each : means.entrySet()) {
        status[0] = each.getKey();
        Bench.refused(each.getValue(), exchange.submit(Bench.ring("a1.2", NUMBER)));
        Bench.refused(
            each.getValue(),
            ((Dialer) exchange).connect(new Dialer.Connection("c", "8001", NUMBER)));
      }
      for (int taken : List.of(200, 202, 204, 409)) {
        status[0] = taken;
        assertInstanceOf(
            Verdict.Accepted.class, exchange.submit(Bench.ring("a1.2", NUMBER)), taken + "");
      }
      for (String hostile : List.of("", "abc", "<b>", "1".repeat(1_000), "138;reboot")) {
        Bench.refused(Failure.NO_SUCH_ADDRESS, exchange.submit(Bench.ring("a1.2", hostile)));
      }
    } finally {
      server.stop(0);
    }
    try (Provider gone = open(url, Duration.ofSeconds(30))) {
      Bench.refused(Failure.UNREACHABLE, gone.submit(Bench.ring("a1.2", NUMBER)));
    }
  }

  @Test
  void an_exchange_that_hangs_is_left_and_one_without_url_says_so() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    String url = "url: http://127.0.0.1:" + server.getAddress().getPort() + "\n";
    try (Provider exchange = open(url, Duration.ofSeconds(1));
        Provider inboundOnly = open("", Duration.ofSeconds(1))) {
      Bench.refused(Failure.TIMED_OUT, exchange.submit(Bench.ring("a1.2", NUMBER)));
      Bench.refused(Failure.MISCONFIGURED, inboundOnly.submit(Bench.ring("a1.2", NUMBER)));
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  @Test
  void only_what_an_ear_can_use_is_read_out() {
    String text = Announcement.of(Bench.ring("a1.2", NUMBER));
    assertFalse(text.contains("://"), text);
    assertTrue(text.startsWith("林秀英按了求助键") && text.endsWith("已电话联系请按3。"), text);
    String elder = Announcement.of(Bench.notice("a1.2", NUMBER, Notice.Purpose.RING, "您好。平安请按1。"));
    assertEquals("您好。平安请按1。", elder);
    String news = Announcement.of(Bench.notice("a1.2", NUMBER, Notice.Purpose.NEWS, "已结束"));
    assertEquals("已结束", news);
    String reply = "摔倒\n回复1前往，2不能前往\n";
    assertFalse(
        Announcement.of(Bench.notice("a1.2", NUMBER, Notice.Purpose.RING, reply)).contains("回复"));
  }

  @Test
  void a_get_is_no_event_and_nobody_learns_why() {
    try (Provider exchange = open("", Duration.ofSeconds(1))) {
      Callback.Request get =
          new Callback.Request(
              "GET", Map.of(), Map.of(), Payload.of("{}".getBytes(StandardCharsets.UTF_8)));
      assertEquals(401, ((Callback) exchange).called(get).toCompletableFuture().join().status());
    }
  }

  @Test
  void mistakes_in_the_settings_are_said_with_their_remedy() {
    for (List<String> wrong :
        List.of(
            List.of("url: https://x.example.org\n", "secrets_file"),
            List.of("secrets_file: bad\n", "openssl rand"),
            List.of("secrets_file: s\nurl: http://pbx.example.org\n", "in the clear"),
            List.of("secrets_file: s\narea: 'a b'\n", "areas.csv"),
            List.of("secrets_file: s\narea_code: '513'\n", "in quotes"),
            List.of("secrets_file: s\nring_for: 1h\n", "ring_for"))) {
      List<String> problems = Bench.problems(new ExchangeKind(), wrong.getFirst(), SECRETS);
      assertTrue(problems.toString().contains(wrong.getLast()), wrong + " " + problems);
    }
  }
}
