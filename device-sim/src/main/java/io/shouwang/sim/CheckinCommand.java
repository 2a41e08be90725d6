package io.shouwang.sim;

import io.shouwang.sim.message.Payloads;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code checkin}: "I'm well". */
@Command(
    name = "checkin",
    header = "Say \"I'm well\".",
    description =
        "Says that the wearer is well, on purpose, as the key of a bracelet does each morning.")
final class CheckinCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;
  @Mixin private final EventOptions event;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The device (default: ${DEFAULT-VALUE}).")
  private String device = "demo-band-001";

  CheckinCommand(Surroundings surroundings) {
    connection = new ConnectionOptions(surroundings);
    event = new EventOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    return event.run(
        connection,
        device,
        "checkin",
        "says \"I'm well\"",
        Duration.ZERO,
        (id, at) -> Payloads.bytes(Payloads.event(id, at)));
  }
}
