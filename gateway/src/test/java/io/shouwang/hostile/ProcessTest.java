package io.shouwang.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The gateway in a process of its own: its TLS, its files, its log, its command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProcessTest {
  private static final Pattern URLS =
      Pattern.compile(
          "ready mqtt://[^:]+:(\\d+) mqtts://[^:]+:(\\d+) http://[^:]+:(\\d+) https://[^:]+:(\\d+)");

  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private Path data = Path.of("");
  private Process process = unstarted();
  private int mqtt;
  private int mqtts;
  private int http;
  private int https;

  @SuppressWarnings("NullAway") // started before the first test
  private static Process unstarted() {
    return null;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path config = Town.writeConfig(folder, Pems.tls(folder), "");
    data = folder.resolve("data");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            production(),
            "io.shouwang.Main",
            "run",
            "--no-rehearsal",
            "--config",
            config.toString(),
            "--data",
            data.toString());
    process = builder.start();
    CompletableFuture<Matcher> ready = new CompletableFuture<>();
    follow(
        process.inputReader(),
        line -> {
          Matcher urls = URLS.matcher(line);
          if (urls.find()) {
            ready.complete(urls);
          }
        });
    follow(process.errorReader(), log::add);
    Matcher urls = ready.get(60, TimeUnit.SECONDS);
    mqtt = Integer.parseInt(urls.group(1));
    mqtts = Integer.parseInt(urls.group(2));
    http = Integer.parseInt(urls.group(3));
    https = Integer.parseInt(urls.group(4));
  }

  /** The class path without the tests' resources: their logging isn't the gateway's. */
  private static String production() {
    return String.join(
        ":",
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(entry -> !entry.endsWith("test-classes"))
            .toList());
  }

  private interface Line {
    void heard(String line);
  }

  private static void follow(BufferedReader reader, Line line) {
    Thread.ofVirtual()
        .start(() -> {
          try (reader) {
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
              line.heard(next);
            }
          } catch (IOException e) {
            line.heard("its output broke off");
          }
        });
  }

  @AfterAll
  void stop() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
  }

  private static String secret(Path data, String id) throws IOException {
    for (String line : Files.readAllLines(data.resolve("demo-secrets.csv"))) {
      if (line.startsWith(id + ",")) {
        return line.substring(id.length() + 1);
      }
    }
    throw new AssertionError("no secret of " + id);
  }

  private static String openssl(int port, String input, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(options));
    Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
    client.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
    if (input.isEmpty()) {
      client.getOutputStream().close();
    }
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertTrue(client.waitFor(30, TimeUnit.SECONDS));
    return said;
  }

  private static boolean agrees(int port, String... options) throws Exception {
    Matcher cipher =
        Pattern.compile("Cipher is (?!\\(NONE\\))(\\S+)").matcher(openssl(port, "", options));
    return cipher.find();
  }

  private static boolean hasOpenssl() {
    return Stream.of("/usr/bin/openssl", "/usr/local/bin/openssl")
        .anyMatch(file -> Files.isExecutable(Path.of(file)));
  }

  @Test
  void onlyTls13And12WithAeadAndForwardSecrecyAreSpoken() throws Exception {
    Assumptions.assumeTrue(hasOpenssl(), "openssl is the other end");
    for (int port : List.of(mqtts, https)) {
      assertTrue(agrees(port, "-tls1_3"));
      for (String suite :
          List.of("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305")) {
        assertTrue(agrees(port, "-tls1_2", "-cipher", suite), port + " " + suite);
      }
      for (String suite :
          List.of(
              "ECDHE-ECDSA-AES128-SHA",
              "ECDHE-ECDSA-AES256-SHA384",
              "kRSA:@SECLEVEL=0",
              "aNULL:@SECLEVEL=0",
              "eNULL:@SECLEVEL=0",
              "3DES:@SECLEVEL=0",
              "CAMELLIA:ARIA:@SECLEVEL=0",
              "ECDHE-ECDSA-AES128-CCM",
              "PSK:SRP:@SECLEVEL=0")) {
        assertFalse(agrees(port, "-tls1_2", "-cipher", suite), port + " " + suite);
      }
      for (String old : List.of("-tls1", "-tls1_1")) {
        assertFalse(agrees(port, old, "-cipher", "ALL:@SECLEVEL=0"), port + " " + old);
      }
    }
  }

  @Test
  void aClientCantHaveTheHandshakeRepeated() throws Exception {
    Assumptions.assumeTrue(hasOpenssl(), "openssl is the other end");
    for (int port : List.of(mqtts, https)) {
      String said = openssl(port, "R\n", "-tls1_2");
      int asked = said.indexOf("RENEGOTIATING");
      assertTrue(asked >= 0, said);
      // A certificate is shown once for each handshake.
      assertTrue(said.substring(0, asked).contains("depth=0"), said);
      assertFalse(said.substring(asked).contains("depth=0"), port + ": " + said.substring(asked));
    }
  }

  @Test
  void whatItWritesIsForItsOwnerAlone() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.toList()) {
        String may = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertTrue(may.endsWith("------"), file + " is " + may);
      }
    }
  }

  @Test
  void noSecretIsInItsLogOrCommandLineAndNoneOfWhatIsSaidAmissFillsTheLog() throws Exception {
    String own = secret(data, "button-1");
    int before = log.size();
    for (int i = 0; i < 300; i++) {
      try (Http bad = Http.open(http)) {
        bad.send("GET / HTTP/1.1\r\nHost: \u009b31m]evil-" + i + "\r\n\r\n");
        bad.answer();
      }
      try (Peer peer = Peer.open(mqtt, MqttVersion.V5)) {
        peer.send(peer.hello("x\r\nforged", "button-1\u202e", own + "x", null));
        peer.read();
      }
      Http.open(http)
          .post("/api/v1/devices/button-1/events/sos", "{}", Http.basic("button-1", own + i));
    }
    List<String> lines = List.copyOf(log);
    assertTrue(lines.size() - before < 200, "lines: " + (lines.size() - before));
    String all = String.join("\n", lines);
    assertFalse(all.contains(own), "a secret");
    assertFalse(all.contains("evil"), "a stranger's words");
    assertFalse(all.contains("\nforged") || all.contains("\u202e") || all.contains("\u009b"));
    assertFalse(all.contains("\tat "), all);
    String commandLine = String.join(" ", process.info().arguments().orElse(new String[0]));
    assertFalse(commandLine.contains(own));
    assertEquals(true, process.isAlive());
  }

  @Test
  void aDataDirectoryThatEverybodyMayWriteIsRefused(@TempDir Path folder) throws Exception {
    Path config = Town.writeConfig(folder, "", "");
    Path open = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Process second =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                production(),
                "io.shouwang.Main",
                "run",
                "--no-rehearsal",
                "--config",
                config.toString(),
                "--data",
                open.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertTrue(second.waitFor(60, TimeUnit.SECONDS), "it runs, and should have refused");
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, second.exitValue(), said);
      assertTrue(said.contains("chmod"), said);
    } finally {
      second.destroyForcibly();
    }
  }
}
