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

/** {@code district} as it is typed. */
final class DistrictCommandTest {
  @TempDir Path folder = Path.of("");
  private final Screen screen = new Screen();

  @Test
  void writesTheFolderAndSaysWhatIsInIt() throws Exception {
    Path out = folder.resolve("lives");
    assertEquals(
        ExitCode.OK,
        run(
            "--out",
            out.toString(),
            "--homes",
            "3",
            "--days",
            "2",
            "--seed",
            "5",
            "--from",
            "2024-02-28",
            "--zone",
            "Europe/Berlin"));
    assertTrue(screen.text().contains("3 homes, 2 days from 2024-02-28, seed 5"), screen.text());
    assertTrue(screen.text().contains("motion"), screen.text());
    String events = Files.readString(out.resolve("events.csv"));
    assertTrue(events.startsWith("time,device,kind,value,received\n2024-02-2"), events);
    assertTrue(events.contains("+01:00"), events);
    assertTrue(Files.exists(out.resolve("registry/homes.csv")));
  }

  @Test
  void wrongNumbersAreExplained() {
    assertEquals(ExitCode.USAGE, run("--out", folder.toString(), "--homes", "0"));
    assertTrue(screen.text().contains("--homes is 0; 1 to 99999"), screen.text());
    assertEquals(ExitCode.USAGE, run("--out", folder.toString(), "--zone", "Atlantis/Old"));
    assertTrue(screen.text().contains("--zone"), screen.text());
  }

  private int run(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "district";
    System.arraycopy(options, 0, all, 1, options.length);
    return Main.run(
        new Surroundings(
            Map.of(), folder, screen.terminal(), Clock.system(), null, new CountDownLatch(1)),
        all);
  }
}
