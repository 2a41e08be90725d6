package io.shouwang.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.sim.message.Payloads;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fall}: the bracelet. */
@Command(
    name = "fall",
    header = "Let a bracelet report a fall.",
    description = "Lets a bracelet report a fall, and prints what the wearer is told.")
final class FallCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;
  @Mixin private final EventOptions event;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The bracelet (default: ${DEFAULT-VALUE}).")
  private String device = "demo-band-001";

  @Option(names = "--confidence", paramLabel = "0..1", description = "How sure the device is.")
  private @Nullable Double confidence;

  FallCommand(Surroundings surroundings) {
    connection = new ConnectionOptions(surroundings);
    event = new EventOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    return event.run(
        connection,
        device,
        "fall",
        "reports a fall",
        Duration.ofSeconds(30),
        (id, at) -> {
          ObjectNode payload = Payloads.event(id, at);
          if (confidence != null) {
            payload.put("confidence", confidence);
          }
          return Payloads.bytes(payload);
        });
  }
}
