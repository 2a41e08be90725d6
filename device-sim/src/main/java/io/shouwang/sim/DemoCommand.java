package io.shouwang.sim;

import io.shouwang.sim.demo.Arrival;
import io.shouwang.sim.demo.District;
import io.shouwang.sim.demo.Story;
import io.shouwang.sim.time.Agenda;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the simulated district. */
@Command(
    name = "demo",
    header = "Play the demo district beside a gateway.",
    description = {
      "Plays the demo district beside a gateway: a press after 3 seconds, a smoke alarm, a fall,"
          + " readings all the while; a daughter, a grid worker and the duty desk answer. Prints each"
          + " alert as its responders see it. Waits for the gateway; runs until interrupted."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stop by itself after this time (default: runs until interrupted).")
  private @Nullable Duration length;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      description = "Wait so long for the gateway and its secrets file (default: 2m).")
  private Duration patience = Duration.ofMinutes(2);

  private final Surroundings surroundings;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    connection = new ConnectionOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    Endpoint endpoint = connection.endpoint(Duration.ofSeconds(5));
    Arrival arrival =
        new Arrival(
            surroundings.clock(),
            patience,
            text -> surroundings.terminal().line(surroundings.clock().now(), "demo", text));
    List<String> ids = Stream.concat(Story.DEVICES.stream(), Story.RESPONDERS.stream()).toList();
    Secrets secrets = arrival.secrets(connection.secretsFile(), ids);
    arrival.gateway(endpoint);
    try (Agenda agenda = Agenda.system();
        District district =
            new District(
                endpoint, secrets, agenda, surroundings.clock(), surroundings.terminal())) {
      district.begin();
      if (length == null) {
        surroundings.interrupted().await();
      } else if (surroundings.interrupted().await(length.toNanos(), TimeUnit.NANOSECONDS)) {
        surroundings.terminal().plain("interrupted");
      }
    }
    return ExitCode.OK;
  }
}
