package io.shouwang.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.demo.Story;
import io.shouwang.sim.screen.Screen;
import io.shouwang.sim.time.Clock;
import io.shouwang.sim.wire.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command over a real broker, with a stand-in for the gateway behind it. */
@SuppressWarnings("NullAway.Init") // set up before each test
final class BrokerTest {
  private static final int CROWD = 20;

  @TempDir Path folder = Path.of("");
  private final Screen screen = new Screen();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private Mosquitto broker;

  @BeforeEach
  void start() throws Exception {
    List<String> identities = new ArrayList<>(List.of("gateway"));
    identities.addAll(Story.DEVICES);
    identities.addAll(Story.RESPONDERS);
    identities.forEach(id -> secrets.put(id, "secret-of-" + id));
    List<String> devices = new ArrayList<>(List.of("id,kind,home"));
    for (int number = 0; number < CROWD; number++) {
      secrets.put("crowd-" + number, "c" + number);
      devices.add("crowd-" + number + ",sos,h-" + number);
    }
    Files.write(folder.resolve("devices.csv"), devices);
    writeSecrets();
    broker = Mosquitto.prepared(folder, secrets, null);
  }

  @AfterEach
  void stop() throws Exception {
    interrupted.countDown();
    broker.kill();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void aPressRingsTheDaughterAndTheWearerHearsThatSheComes(String mqtt) throws Exception {
    broker.start();
    try (StandIn gateway = gateway("demo-daughter")) {
      CompletableFuture<Integer> daughter =
          inBackground(
              "respond",
              "--as",
              "demo-daughter",
              "--mqtt",
              mqtt,
              "--script",
              "accept:8@10ms,done:real@200ms");
      screen.await("demo-daughter   waits for alerts");
      assertEquals(ExitCode.OK, run("press", "--mqtt", mqtt, "--id", "p-1", "--wait", "30s"));
      String text = screen.text();
      assertTrue(text.contains("presses SOS (id p-1)"), text);
      assertTrue(text.contains("acknowledged in "), text);
      assertTrue(text.contains("hears: received (alert a-demo-sos-001)"), text);
      assertTrue(text.contains("hears: demo-daughter is coming, 8 minutes"), text);
      assertTrue(text.contains("hears: closed"), text);
      assertTrue(text.contains("Wang Xiulan (82)"), text);
      assertEquals(2, text.split("\\[1\\] SOS", -1).length, "the same delivery twice is one ring");
      assertTrue(gateway.heard.getFirst().contains("\"id\":\"p-1\""), "as sent");
      interrupted.countDown();
      assertEquals(ExitCode.OK, daughter.get(30, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void aWrongSecretIsRefusedWithItsRemedy(String mqtt) throws Exception {
    broker.start();
    secrets.put("demo-sos-001", "wrong");
    writeSecrets();
    assertEquals(ExitCode.REFUSED, run("press", "--mqtt", mqtt));
    assertTrue(screen.text().contains("connect refused"), screen.text());
    assertTrue(screen.text().contains("Look at the id, at its secret"), screen.text());
    assertFalse(screen.text().contains("wrong\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void aRefusedResponderEndsInsteadOfTryingForEver(String mqtt) throws Exception {
    broker.start();
    secrets.put("demo-daughter", "wrong");
    writeSecrets();
    assertEquals(ExitCode.REFUSED, run("respond", "--as", "demo-daughter", "--mqtt", mqtt));
  }

  /** MQTT 5.0, 3.4.2.1: a PUBACK with 0x87 is no acknowledgement. */
  @Test
  void aRefusedPublishIsNoSuccess() throws Exception {
    broker.start();
    assertEquals(
        ExitCode.REFUSED,
        run("send", "--via", "demo-sos-001", "--device", "stranger", "--kind", "sos"));
    assertTrue(screen.text().contains("0x87 not authorized"), screen.text());
    assertFalse(screen.text().contains("acknowledged in"), screen.text());
  }

  @Test
  void aPressMadeWhileTheGatewayIsAwayIsSentWhenItReturns() throws Exception {
    CompletableFuture<Integer> press = inBackground("press", "--id", "p-7", "--wait", "30s");
    screen.await("nobody listens at");
    broker.start();
    screen.await("acknowledged in");
    assertTrue(screen.text().contains(", at attempt "), screen.text());
    press.cancel(true);
  }

  @Test
  void aResponderComesBackAfterTheGatewayDied() throws Exception {
    broker.start();
    CompletableFuture<Integer> daughter =
        inBackground("respond", "--as", "demo-daughter", "--decline");
    screen.await("waits for alerts");
    broker.kill();
    screen.await("connection lost");
    broker.start();
    try (StandIn gateway = gateway("demo-daughter")) {
      // The broker forgot her session: what counts is that she subscribed again by herself.
      screen.awaitTimes("waits for alerts", 2);
      assertEquals(ExitCode.OK, run("press", "--wait", "0s"));
      screen.await("says: [1] I can't come");
      assertFalse(gateway.heard.isEmpty());
    }
    interrupted.countDown();
    assertEquals(ExitCode.OK, daughter.get(30, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void aCrowdIsAcknowledgedExactlyOnceAndEachPressRings(String mqtt) throws Exception {
    broker.start();
    try (StandIn gateway = gateway("demo-desk")) {
      int code = crowd(mqtt, "--presses", "20");
      String text = screen.text();
      assertEquals(ExitCode.OK, code, text);
      assertTrue(text.contains("\"readings\":{\"sent\":200,\"acknowledged\":200,"), text);
      assertTrue(text.contains("\"rings\":{\"pressed\":10,\"rung\":10,"), text);
      assertTrue(text.contains("\"redelivered\":10"), text);
      assertEquals(
          10, gateway.heard.stream().filter(one -> one.contains("/sos ")).count(), "one each");
    }
  }

  @Test
  void aPressThatRingsNobodyFailsTheCheck() throws Exception {
    broker.start();
    assertEquals(ExitCode.CHECK_FAILED, crowd("5", "--presses", "20", "--drain", "100ms"));
    assertTrue(screen.text().contains("10 presses did not ring"), screen.text());
  }

  @Test
  void aCrowdComesBackAndResendsAfterTheGatewayDied() throws Exception {
    broker.start();
    CompletableFuture<Integer> crowd =
        inBackground("crowd", "--registry", folder.toString(), "--rate", "100", "--duration", "2s");
    screen.await("sending for");
    broker.kill();
    broker.start();
    assertEquals(ExitCode.OK, crowd.get(60, TimeUnit.SECONDS), screen.text());
    assertTrue(screen.text().contains("20 connections broken"), screen.text());
    assertTrue(screen.text().contains("check: each message acknowledged exactly once"));
  }

  @Test
  void aCrowdThatIsRefusedEnds() throws Exception {
    broker.start();
    secrets.put("crowd-3", "wrong");
    writeSecrets();
    assertEquals(ExitCode.REFUSED, crowd("5"), screen.text());
  }

  @Test
  void morePressesThanHomesAreAnExplainedMistake() throws Exception {
    broker.start();
    assertEquals(ExitCode.USAGE, crowd("5", "--presses", "100"));
    assertTrue(screen.text().contains("50 presses need as many homes"), screen.text());
  }

  private int crowd(String mqtt, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "crowd",
                "--mqtt",
                mqtt,
                "--registry",
                folder.toString(),
                "--rate",
                "400",
                "--duration",
                "500ms",
                "--json"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void tlsTrustsTheAuthorityGivenAndNoOther(String mqtt) throws Exception {
    Mosquitto.Pem ours = Certificate.make(folder, "ours");
    Mosquitto.Pem other = Certificate.make(folder, "other");
    broker = Mosquitto.prepared(folder, secrets, ours);
    broker.start();
    assertEquals(
        ExitCode.OK,
        run(
            "press",
            "--tls",
            "--ca",
            ours.certificate().toString(),
            "--mqtt",
            mqtt,
            "--wait",
            "0s"),
        screen.text());
    assertEquals(
        ExitCode.OK, crowd(mqtt, "--tls", "--ca", ours.certificate().toString()), screen.text());
    assertEquals(
        ExitCode.REFUSED,
        run(
            "press",
            "--tls",
            "--ca",
            other.certificate().toString(),
            "--mqtt",
            mqtt,
            "--patience",
            "0s"));
    assertTrue(screen.text().contains("is --ca the right file?"), screen.text());
  }

  @Test
  void theDemoWaitsForSecretsAndGatewayAndThenRings() throws Exception {
    Files.delete(folder.resolve("secrets.csv"));
    CompletableFuture<Integer> demo = inBackground("demo");
    screen.await("waits for the secrets in");
    writeSecrets();
    screen.await("waits for the gateway at");
    broker.start();
    try (StandIn gateway = gateway("demo-daughter", "demo-desk")) {
      screen.await("demo-sos-001    presses SOS");
      screen.await("demo-daughter   [1] SOS");
      screen.await("demo-desk       [1] SOS");
      screen.await("demo-sos-001    hears: received");
      assertTrue(gateway.heard.stream().anyMatch(one -> one.contains("demo-pir-001/motion")));
      interrupted.countDown();
      assertEquals(ExitCode.OK, demo.get(30, TimeUnit.SECONDS));
    }
  }

  private StandIn gateway(String... responders) throws Exception {
    return new StandIn(
        broker.port(),
        Login.of("gateway", "secret-of-gateway"),
        List.of(responders),
        device -> device.replace("crowd-", "h-"));
  }

  private void writeSecrets() throws Exception {
    List<String> lines = new ArrayList<>(List.of("id,secret"));
    secrets.forEach((id, secret) -> lines.add(id + "," + secret));
    Files.write(folder.resolve("secrets.csv"), lines);
  }

  private CompletableFuture<Integer> inBackground(String... arguments) {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> code.complete(run(arguments)));
    return code;
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--port",
            String.valueOf(broker.port()),
            "--secrets",
            folder.resolve("secrets.csv").toString()));
    return Main.run(
        new Surroundings(Map.of(), folder, screen.terminal(), Clock.system(), null, interrupted),
        all.toArray(String[]::new));
  }
}
