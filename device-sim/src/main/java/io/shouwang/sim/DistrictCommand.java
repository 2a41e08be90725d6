package io.shouwang.sim;

import io.shouwang.sim.district.Counts;
import io.shouwang.sim.district.Simulation;
import io.shouwang.sim.district.Simulation.Plan;
import io.shouwang.sim.screen.Terminal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code district}: lives with known truth, for measuring rules. */
@Command(
    name = "district",
    header = "Generate lives with known truth, for measuring rules.",
    description = {
      "Writes a made-up district's year to a folder: its registry, what its devices said"
          + " (events.csv), what really happened (truth.csv) and how each home lives (lives.csv)."
          + " The same seed gives the same bytes; a home's life doesn't depend on how many others"
          + " there are. Connects to nothing."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DistrictCommand implements Callable<Integer> {
  private static final int PROGRESS_DAYS = 30;
  private static final int LINE_CHARS = 96;

  @Spec private CommandSpec spec;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder.")
  private Path out;

  @Option(names = "--homes", description = "How many homes (default: ${DEFAULT-VALUE}).")
  private int homes = 1_000;

  @Option(names = "--days", description = "How many days (default: ${DEFAULT-VALUE}).")
  private int days = 365;

  @Option(names = "--seed", description = "Another seed, other lives (default: 1).")
  private long seed = 1;

  @Option(names = "--from", paramLabel = "DATE", description = "First day (default: 2025-01-01).")
  private LocalDate from = LocalDate.of(2025, 1, 1);

  @Option(names = "--zone", description = "Where the clocks hang (default: Asia/Shanghai).")
  private ZoneId zone = ZoneId.of("Asia/Shanghai");

  @Option(
      names = "--collapses-per-year",
      paramLabel = "X",
      description =
          "How often in each home and year somebody goes down without a press (default:"
              + " ${DEFAULT-VALUE}).")
  private double collapsesAYear = 0.4;

  private final Surroundings surroundings;

  DistrictCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    require(homes >= 1 && homes <= 99_999, "--homes is " + homes + "; 1 to 99999");
    require(days >= 1 && days <= 3_660, "--days is " + days + "; 1 to 3660");
    require(
        collapsesAYear >= 0 && collapsesAYear <= 100,
        "--collapses-per-year is " + collapsesAYear + "; 0 to 100");
    Terminal terminal = surroundings.terminal();
    long begun = surroundings.clock().nanos();
    Plan plan = new Plan(homes, days, seed, from, zone, collapsesAYear);
    Counts counts =
        new Simulation(plan)
            .write(
                out,
                done -> {
                  if (done % PROGRESS_DAYS == 0 && done < days) {
                    terminal.plain("  day " + done + " of " + days);
                  }
                });
    double seconds = (surroundings.clock().nanos() - begun) / 1e9;
    terminal.plain(summary(counts, seconds));
    return ExitCode.OK;
  }

  private String summary(Counts counts, double seconds) {
    long events = Counts.sum(counts.events());
    return String.format(
        Locale.ROOT,
        "%,d homes, %,d days from %s, seed %d, in %.1f s: %s%n"
            + "  events  %,d (%.0f a home and day):%s%n"
            + "  truths  %,d:%s",
        homes,
        days,
        from,
        seed,
        seconds,
        out,
        events,
        events / (double) homes / days,
        list(counts.events()),
        Counts.sum(counts.truths()),
        list(counts.truths()));
  }

  private static String list(Map<String, Long> counts) {
    StringBuilder list = new StringBuilder();
    int column = LINE_CHARS;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      String each = String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue());
      if (column + each.length() > LINE_CHARS) {
        list.append(System.lineSeparator()).append("  ");
        column = 2;
      }
      list.append("  ").append(each);
      column += each.length() + 2;
    }
    return list.toString();
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }
}
