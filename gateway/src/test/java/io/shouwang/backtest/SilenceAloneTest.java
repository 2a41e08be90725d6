package io.shouwang.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule for silence asks for its own looks: it rings in time without the others'. */
final class SilenceAloneTest {
  @TempDir Path directory = Path.of("");

  private RecordingResult replay(int alertsMost, String... rows) throws Exception {
    Path file = directory.resolve("home.csv");
    Files.writeString(file, "time,device,kind,value\n" + String.join("\n", rows) + "\n");
    LimitsBook limits = LimitsBook.STANDARD;
    RuleBook rules = new RuleBook(RuleSettings.STANDARD, limits, RuleBook.silenceAlone());
    return Recording.replay(
        file,
        new RecordingPlan(
            null,
            List.of(rules),
            io.shouwang.engine.BacktestFixture.world().ladders(),
            ZoneOffset.UTC,
            null,
            null,
            Duration.ofHours(2),
            0,
            1,
            1,
            0,
            1,
            alertsMost,
            _ -> ""));
  }

  @Test
  void who_came_home_and_moved_about_is_missed_as_soon_as_anybody_inside() throws Exception {
    RecordingResult result =
        replay(
            9,
            "2026-03-02T08:00:00Z,pir,motion,ON",
            "2026-03-02T08:30:00Z,door,door,open",
            "2026-03-02T13:00:00Z,door,door,open",
            "2026-03-02T13:05:00Z,pir,motion,ON",
            "2026-03-03T20:00:00Z,pir,motion,ON");
    assertEquals(
        Instant.parse("2026-03-02T17:05:00Z"), result.raisings().getFirst().getFirst().at());
  }

  @Test
  void what_rang_beyond_the_bound_is_counted() throws Exception {
    String[] rows = {
      "2026-03-02T08:00:00Z,pir,motion,ON",
      "2026-03-02T20:00:00Z,pir,motion,ON",
      "2026-03-03T20:00:00Z,pir,motion,ON"
    };
    int all = replay(9, rows).raisings().getFirst().size();
    RecordingResult bounded = replay(1, rows);
    assertEquals(1, bounded.raisings().getFirst().size());
    assertEquals(all - 1, bounded.alertsDropped());
  }
}
