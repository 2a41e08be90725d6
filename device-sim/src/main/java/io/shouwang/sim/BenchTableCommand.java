package io.shouwang.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shouwang.sim.load.BenchTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench-table}: the last step of scripts/bench. */
@Command(
    name = "bench-table",
    hidden = true,
    description = "Makes one table of what the steps of scripts/bench have measured.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchTableCommand implements Callable<Integer> {
  @Option(names = "--disk", required = true, description = "What journal sync-time said, each.")
  private List<Path> disk;

  @Option(names = "--meanwhile", required = true, description = "The same, during the crowd.")
  private Path meanwhile;

  @Option(names = "--steady", required = true, description = "What crowd --rate --json said.")
  private Path steady;

  @Option(names = "--flood", required = true, description = "What crowd --in-flight --json said.")
  private Path flood;

  @Option(names = "--syncs", required = true, description = "Of the gateway, during the flood.")
  private double syncs;

  @Option(names = "--inputs", required = true, description = "The same.")
  private double inputs;

  private final Surroundings surroundings;
  private final ObjectMapper json = new ObjectMapper();

  BenchTableCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    List<JsonNode> measured = new ArrayList<>();
    for (Path file : disk) {
      measured.add(json.readTree(file.toFile()));
    }
    BenchTable table =
        new BenchTable(
            measured,
            json.readTree(meanwhile.toFile()),
            json.readTree(steady.toFile()),
            json.readTree(flood.toFile()),
            syncs,
            inputs);
    surroundings.terminal().plain(table.text(Runtime.getRuntime().availableProcessors()));
    return ExitCode.OK;
  }
}
