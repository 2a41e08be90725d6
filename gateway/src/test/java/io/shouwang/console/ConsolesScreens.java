package io.shouwang.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The screens of {@link ConsolesBench}: the first seat's is the page in Chromium, all others read
 * their feed as fast as it comes. Told what to do line by line: the cookies, {@code begin}, {@code
 * end}; answers {@code watching}, {@code begun}, and what was seen when, as JSON.
 */
final class ConsolesScreens {
  private static final String EVENT = "data: {\"alert\":\"";

  private final int http;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Queue<Long>> heard = new ConcurrentHashMap<>();

  private ConsolesScreens(int http) {
    this.http = http;
  }

  private void watch(String cookie, CountDownLatch watching) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/api/v1/stream"))
            .header("X-Shouwang", "page")
            .header("Cookie", "shouwang=" + cookie)
            .timeout(Duration.ofHours(1))
            .build();
    Thread.ofVirtual()
        .start(() -> {
          try {
            HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
              throw new IllegalStateException("stream: " + response.statusCode());
            }
            watching.countDown();
            Set<String> mine = new HashSet<>();
            response.body().forEach(line -> saw(line, mine));
          } catch (Exception e) {
            System.err.println("a console is gone: " + e);
          }
        });
  }

  /** Each console counts once for an alert: when it first heard of it. */
  private void saw(String line, Set<String> mine) {
    if (!line.startsWith(EVENT)) {
      return;
    }
    long now = System.nanoTime();
    String alert = line.substring(EVENT.length(), line.indexOf('"', EVENT.length()));
    if (mine.add(alert)) {
      heard.computeIfAbsent(alert, _ -> new ConcurrentLinkedQueue<>()).add(now);
    }
  }

  /** The port of the gateway's pages. */
  public static void main(String[] arguments) throws Exception {
    ConsolesScreens screens = new ConsolesScreens(Integer.parseInt(arguments[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<String> cookies = List.of(Objects.requireNonNull(in.readLine()).split(" "));
    CountDownLatch watching = new CountDownLatch(cookies.size() - 1);
    cookies.stream().skip(1).forEach(cookie -> screens.watch(cookie, watching));
    if (!watching.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not every console could watch");
    }
    try (ConsolesPage page = new ConsolesPage(screens.http, cookies.getFirst())) {
      System.out.println("watching");
      in.readLine();
      page.begin();
      screens.heard.clear();
      System.out.println("begun");
      AtomicBoolean isOver = new AtomicBoolean();
      Thread typing = Thread.ofVirtual().start(() -> page.useUntil(isOver::get));
      in.readLine();
      isOver.set(true);
      typing.join();
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode seen = mapper.createObjectNode().put("usable", page.usable());
      seen.set("drawn", mapper.valueToTree(page.drawnMillis()));
      ObjectNode feed = seen.putObject("feed");
      screens.heard.forEach(
          (alert, times) -> feed.set(alert, mapper.valueToTree(times.stream().sorted().toList())));
      System.out.println(seen);
    }
    System.exit(0); // the clients' threads would stay
  }
}
