package io.shouwang.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.sim.message.Payloads;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code press}: the button. */
@Command(
    name = "press",
    header = "Press an SOS button.",
    description =
        "Presses an SOS button: sends the press at QoS 1 until it is acknowledged, says in how many"
            + " milliseconds, then prints what the wearer is told (received, who comes and when).")
final class PressCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;
  @Mixin private final EventOptions event;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The button (default: ${DEFAULT-VALUE}).")
  private String device = "demo-sos-001";

  @Option(names = "--cancel", description = "The wearer takes it back: action cancel.")
  private boolean cancel;

  PressCommand(Surroundings surroundings) {
    connection = new ConnectionOptions(surroundings);
    event = new EventOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    return event.run(
        connection,
        device,
        "sos",
        cancel ? "cancels the press" : "presses SOS",
        Duration.ofSeconds(30),
        (id, at) -> {
          ObjectNode payload = Payloads.event(id, at);
          payload.put("action", cancel ? "cancel" : "press");
          return Payloads.bytes(payload);
        });
  }
}
