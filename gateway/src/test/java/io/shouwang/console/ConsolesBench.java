package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.jspecify.annotations.Nullable;

/**
 * What many people at screens cost an alarm, and what they see of it. One run against one gateway
 * that runs already: open alerts are made, then presses come at a fixed rate without anybody
 * watching, with so many consoles, and without again. Each console is a person's seat with its live
 * feed; one of them is the page in Chromium, where a row counts as seen once a frame with it was
 * drawn. The screens run in a process of their own that gives way to all others, since they stand
 * on other machines: what remains is what they cost the gateway. As many alerts are closed as come.
 * Prints ratios; asserts nothing.
 */
final class ConsolesBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "four words for a benchmark";
  private static final int LOST_AFTER_SECONDS = 30;

  private final int http;
  private final ProcessHandle gateway;
  private @Nullable ProcessHandle screens;
  private final Map<String, String> secrets;
  private final HttpClient client;
  private final MqttAsyncClient hub;
  private final MqttAsyncClient desk;
  private final Map<String, Press> byHome = new ConcurrentHashMap<>();
  private final Map<String, Press> byAlert = new ConcurrentHashMap<>();
  private final Queue<String> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();

  /** One press: when it was meant to leave, and when it was heard of, in nanoseconds. */
  private static final class Press {
    final long dueNanos;
    final long dueMillis;
    volatile long rangNanos;

    Press(long dueNanos) {
      this.dueNanos = dueNanos;
      this.dueMillis =
          System.currentTimeMillis() - (System.nanoTime() - dueNanos) / 1_000_000; // the page's
    }
  }

  private ConsolesBench(int http, int mqtt, Path secretsFile, ProcessHandle gateway)
      throws Exception {
    this.http = http;
    this.gateway = gateway;
    secrets = new HashMap<>();
    for (String line : Files.readAllLines(secretsFile)) {
      String[] pair = line.split(",", 2);
      secrets.put(pair[0], pair[1]);
    }
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    hub = connect(mqtt, "bench-hub");
    desk = connect(mqtt, "bench-desk");
    IMqttMessageListener rings = (_, message) -> rang(message.getPayload());
    desk.subscribe(
            new MqttSubscription[] {new MqttSubscription("v1/responders/bench-desk/alerts", 1)},
            null,
            null,
            new IMqttMessageListener[] {rings},
            null)
        .waitForCompletion();
  }

  private MqttAsyncClient connect(int port, String id) throws Exception {
    MqttAsyncClient made =
        new MqttAsyncClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(id);
    options.setPassword(secret(id).getBytes(StandardCharsets.UTF_8));
    options.setReceiveMaximum(1_000);
    made.connect(options).waitForCompletion();
    return made;
  }

  private String secret(String id) {
    String secret = secrets.get(id);
    if (secret == null) {
      throw new IllegalStateException("no secret of " + id);
    }
    return secret;
  }

  private void rang(byte[] payload) throws IOException {
    long now = System.nanoTime();
    JsonNode ring = JSON.readTree(payload);
    Press press = byHome.get(ring.path("home").path("id").asText());
    if (press == null || !ring.path("state").asText().equals("ringing")) {
      return;
    }
    String alert = ring.get("alert").asText();
    if (press.rangNanos == 0) {
      press.rangNanos = now;
      byAlert.put(alert, press);
      open.add(alert);
    }
  }

  // ---- people

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
        .header("X-Shouwang", "page")
        .timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> post(String path, @Nullable String cookie, JsonNode body)
      throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (cookie != null) {
      request.header("Cookie", "shouwang=" + cookie);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + response.statusCode() + response.body());
    }
    return response;
  }

  private static String cookie(HttpResponse<String> response) {
    String given = response.headers().firstValue("Set-Cookie").orElseThrow();
    return given.substring("shouwang=".length(), given.indexOf(';'));
  }

  private static ObjectNode json() {
    return JSON.createObjectNode();
  }

  private String login(String user, String password) throws Exception {
    return cookie(
        post("/api/v1/session", null, json().put("user", user).put("password", password)));
  }

  /** The cookies of so many dispatchers at their seats. */
  private List<String> seats(String setupToken, int count) throws Exception {
    post(
        "/api/v1/setup",
        null,
        json()
            .put("token", setupToken)
            .put("user", "bench-admin")
            .put("name", "bench")
            .put("password", PASSWORD)
            .put("area", "a-bench"));
    String admin = login("bench-admin", PASSWORD);
    List<String> cookies = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String user = "seat-" + i;
      ObjectNode order = json().put("user", user).put("name", user).put("area", "a-bench");
      order.putArray("roles").add("dispatcher");
      String given =
          JSON.readTree(post("/api/v1/users", admin, order).body()).get("password").asText();
      String first = login(user, given);
      ObjectNode change = json().put("password", given).put("new_password", PASSWORD);
      post("/api/v1/me/password", first, change);
      cookies.add(login(user, PASSWORD));
    }
    return cookies;
  }

  // ---- load

  /** Presses at a rate, and as many closings while {@code keep} stay open. */
  private List<Press> press(int count, double rate, int keep) throws Exception {
    List<Press> presses = new ArrayList<>();
    long start = System.nanoTime() + 100_000_000L;
    AtomicLong closed = new AtomicLong();
    try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = start + (long) (i * 1e9 / rate);
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        String number = String.format(Locale.ROOT, "%06d", next.incrementAndGet());
        Press press = new Press(due);
        byHome.put("h-" + number, press);
        presses.add(press);
        hub.publish(
            "v1/devices/d-" + number + "/sos",
            ("{\"id\":\"" + number + "\"}").getBytes(StandardCharsets.UTF_8),
            1,
            false);
        if (open.size() > keep) {
          String alert = open.poll();
          closers.submit(() -> {
            close(alert);
            return closed.incrementAndGet();
          });
        }
      }
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOST_AFTER_SECONDS);
      while (presses.stream().anyMatch(press -> press.rangNanos == 0)
          && System.nanoTime() < until) {
        LockSupport.parkNanos(5_000_000);
      }
    }
    return presses;
  }

  private void close(String alert) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + http + "/api/v1/alerts/" + alert + "/replies"))
            .header("Authorization", "Bearer " + secret("bench-operator"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"reply\":\"done\",\"disposition\":\"test\",\"note\":\"benchmark\"}"))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      System.out.println("closing: " + answer.statusCode() + " " + answer.body());
    }
  }

  // ---- figures

  private static double[] millis(List<Long> nanos) {
    return nanos.stream().mapToDouble(each -> each / 1e6).sorted().toArray();
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private static void row(String what, double[] sorted, int of) {
    System.out.printf(
        Locale.ROOT,
        "%-46s %8.2f %8.2f %8.2f %8.2f   %d of %d%n",
        what,
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 0.99),
        sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1],
        sorted.length,
        of);
  }

  private static double[] rings(List<Press> presses) {
    return millis(
        presses.stream()
            .filter(press -> press.rangNanos != 0)
            .map(press -> press.rangNanos - press.dueNanos)
            .toList());
  }

  private void run(Path setupToken, int consoles, int seconds, double rate, int keep)
      throws Exception {
    List<String> cookies = seats(Files.readString(setupToken).strip(), consoles);
    System.out.println("--- " + consoles + " people have seats; " + keep + " alerts are opened");
    press(keep, 100, Integer.MAX_VALUE);
    press((int) (rate * 10), rate, keep); // warm
    int count = (int) (rate * seconds);
    List<Press> before = press(count, rate, keep);
    List<Press> watched;
    JsonNode seen;
    double[] cpu;
    try (Screens screens = new Screens(cookies)) {
      press((int) (rate * 10), rate, keep); // warm
      screens.begin();
      double[] cpuBefore = cpuSeconds();
      long from = System.nanoTime();
      watched = press(count, rate, keep);
      double took = (System.nanoTime() - from) / 1e9;
      double[] cpuAfter = cpuSeconds();
      cpu = new double[] {(cpuAfter[0] - cpuBefore[0]) / took, (cpuAfter[1] - cpuBefore[1]) / took};
      seen = screens.end();
    }
    List<Press> after = press(count, rate, keep);
    List<Press> busy;
    try (Burning _ = new Burning(Math.max(1, (int) Math.round(cpu[1])))) {
      busy = press(count, rate, keep);
    }
    System.out.printf(
        Locale.ROOT, "%-46s %8s %8s %8s %8s%n", "milliseconds", "p50", "p95", "p99", "most");
    row("press to responder, nobody watches", rings(before), count);
    row("press to responder, " + consoles + " consoles", rings(watched), count);
    row("press to responder, nobody watches again", rings(after), count);
    row("press to responder, as busy with nothing", rings(busy), count);
    Map<String, Press> watchedByAlert = new HashMap<>();
    byAlert.forEach((alert, press) -> {
      if (watched.contains(press)) {
        watchedByAlert.put(alert, press);
      }
    });
    List<Long> first = new ArrayList<>();
    List<Long> last = new ArrayList<>();
    List<Long> drawn = new ArrayList<>();
    watchedByAlert.forEach((alert, press) -> {
      JsonNode heard = seen.path("feed").path(alert);
      if (heard.size() == consoles - 1) {
        first.add(heard.get(0).asLong() - press.dueNanos);
        last.add(heard.get(consoles - 2).asLong() - press.dueNanos);
      }
      JsonNode at = seen.path("drawn").get(alert);
      if (at != null) {
        drawn.add((long) ((at.asDouble() - press.dueMillis) * 1e6));
      }
    });
    row("press to the first console's feed", millis(first), count);
    row("press to the last console's feed", millis(last), count);
    row("press to screen (Chromium, frame drawn)", millis(drawn), count);
    System.out.println(seen.path("usable").asText());
    System.out.printf(
        Locale.ROOT,
        "processors busy while they watch: the gateway %.2f, the consoles and Chromium %.2f,"
            + " of %d%n",
        cpu[0],
        cpu[1],
        Runtime.getRuntime().availableProcessors());
    double[] beside = rings(watched);
    for (double share : new double[] {0.5, 0.95, 0.99}) {
      double alone = (at(rings(before), share) + at(rings(after), share)) / 2;
      System.out.printf(
          Locale.ROOT,
          "press to responder with %d consoles at p%.0f: x%.2f of without, x%.2f of as busy with"
              + " nothing%n",
          consoles,
          share * 100,
          at(beside, share) / alone,
          at(beside, share) / at(rings(busy), share));
    }
  }

  /** The screens of {@link ConsolesScreens}, in a process of their own. */
  private final class Screens implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;
    private final Writer tell;

    /** Waits until all of them watch. */
    Screens(List<String> cookies) throws IOException {
      List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
      command.add(ProcessHandle.current().info().command().orElseThrow());
      command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(ConsolesScreens.class.getName(), Integer.toString(http)));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      screens = process.toHandle();
      says = process.inputReader(StandardCharsets.UTF_8);
      tell = process.outputWriter(StandardCharsets.UTF_8);
      tell.write(String.join(" ", cookies) + "\n");
      tell.flush();
      expect("watching");
    }

    void begin() throws IOException {
      tell.write("begin\n");
      tell.flush();
      expect("begun");
    }

    JsonNode end() throws IOException {
      tell.write("end\n");
      tell.flush();
      return JSON.readTree(says.readLine());
    }

    private void expect(String word) throws IOException {
      String line = says.readLine();
      if (!word.equals(line)) {
        throw new IllegalStateException("the screens: " + line);
      }
    }

    /** They close their browser, and end by themselves. */
    @Override
    public void close() {
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroy);
          process.destroy();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Processes that do nothing but keep processors busy, and give way as the screens do. */
  private static final class Burning implements AutoCloseable {
    private final List<Process> all = new ArrayList<>();

    Burning(int processes) throws IOException {
      for (int i = 0; i < processes; i++) {
        all.add(new ProcessBuilder("nice", "-n", "19", "sh", "-c", "while :; do :; done").start());
      }
    }

    @Override
    public void close() {
      all.forEach(Process::destroy);
    }
  }

  /** Processor seconds spent so far by the gateway, and by the screens with all they started. */
  private double[] cpuSeconds() {
    return new double[] {
      cpuSeconds(gateway),
      screens == null
          ? 0
          : cpuSeconds(screens) + screens.descendants().mapToDouble(ConsolesBench::cpuSeconds).sum()
    };
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  /**
   * Ports, the file of secrets, the file of the set-up token; how many and how long; the gateway's
   * process.
   */
  public static void main(String[] arguments) throws Exception {
    int consoles = Integer.parseInt(arguments[4]);
    int seconds = Integer.parseInt(arguments[5]);
    ConsolesBench bench =
        new ConsolesBench(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Path.of(arguments[2]),
            ProcessHandle.of(Long.parseLong(arguments[6])).orElseThrow());
    bench.run(Path.of(arguments[3]), consoles, seconds, 20, 500);
    System.exit(0); // the clients' threads would stay
  }
}
