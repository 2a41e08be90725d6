package io.shouwang.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.screen.Screen;
import io.shouwang.sim.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's arguments, messages and exit codes, without any gateway. */
final class ProgramTest {
  @TempDir Path folder = Path.of("");
  private final Screen screen = new Screen();

  @Test
  void aMissingSecretsFileSaysHowToGetOne() {
    assertEquals(ExitCode.USAGE, run("press"));
    assertTrue(screen.text().contains("demo-secrets.csv isn't there"), screen.text());
    assertTrue(screen.text().contains("--secrets"), screen.text());
  }

  @Test
  void nobodyListeningIsExitCodeThreeWithTheAddressAndTheRemedy() throws Exception {
    assertEquals(
        ExitCode.NO_ANSWER,
        run("press", "--secrets", secrets(), "--port", "1", "--patience", "0s"));
    assertTrue(screen.text().contains("nobody listens at 127.0.0.1:1"), screen.text());
    assertTrue(screen.text().contains("scripts/run"), screen.text());
    assertEquals(
        ExitCode.NO_ANSWER,
        run("press", "--mqtt", "3", "--secrets", secrets(), "--port", "1", "--patience", "0s"));
  }

  @Test
  void wrongOptionsAreExplained() throws Exception {
    wrong("--mqtt is 3 or 5", "press", "--mqtt", "4");
    wrong("--ca has no meaning without --tls", "press", "--ca", "x.pem");
    wrong("--port is 70000", "press", "--port", "70000");
    wrong("--times is 0", "press", "--times", "0");
    wrong("'noon' is no time", "press", "--at", "noon");
    wrong("no secret for demo-grid", "visit", "--responder", "demo-grid", "--elder", "e-001");
    wrong("Missing required option: '--elder=ID'", "visit", "--responder", "demo-grid");
    wrong("no secret for demo-band-001", "checkin");
    wrong("add --raw", "send", "--device", "demo-sos-001", "--kind", "sos", "--json", "{");
    wrong("no secret for demo-fall", "fall", "--device", "demo-fall");
    wrong("none of [motion", "crowd", "--kinds", "sos");
    wrong("--registry", "crowd", "--registry", folder.resolve("none").toString());
  }

  private void wrong(String expected, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--secrets";
    all[arguments.length + 1] = secrets();
    all[arguments.length + 2] = "--host";
    all[arguments.length + 3] = "127.0.0.1";
    assertEquals(ExitCode.USAGE, run(all), screen.text());
    assertTrue(screen.text().contains(expected), screen.text());
  }

  @Test
  void thePortMayComeFromTheEnvironment() throws Exception {
    Surroundings surroundings =
        new Surroundings(
            Map.of("SHOUWANG_MQTT_PORT", "1", "SHOUWANG_SECRET", "s"),
            folder,
            screen.terminal(),
            Clock.system(),
            null,
            new CountDownLatch(1));
    assertEquals(ExitCode.NO_ANSWER, Main.run(surroundings, "press", "--patience", "0s"));
    assertTrue(screen.text().contains("127.0.0.1:1"), screen.text());
  }

  @Test
  void theDemoGivesUpWithAMessageWhenNoGatewayComes() {
    assertEquals(ExitCode.USAGE, run("demo", "--patience", "0s"));
    assertTrue(screen.text().contains("demo-secrets.csv isn't there"), screen.text());
  }

  private String secrets() throws Exception {
    Path file = folder.resolve("secrets.csv");
    return Files.writeString(file, "id,secret\ndemo-sos-001,s\n").toString();
  }

  private int run(String... arguments) {
    return Main.run(
        new Surroundings(
            Map.of(), folder, screen.terminal(), Clock.system(), null, new CountDownLatch(1)),
        arguments);
  }
}
