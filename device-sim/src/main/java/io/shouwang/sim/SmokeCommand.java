package io.shouwang.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.sim.message.Payloads;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code smoke}: the smoke alarm. */
@Command(
    name = "smoke",
    header = "Let a smoke alarm report a state.",
    description = "Lets a smoke alarm report a state, and prints what it hears in return.")
final class SmokeCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;
  @Mixin private final EventOptions event;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The smoke alarm (default: ${DEFAULT-VALUE}).")
  private String device = "demo-smoke-001";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "alarm, clear, test, fault or tamper; any other word is sent as it is (default:"
              + " ${DEFAULT-VALUE}).")
  private String state = "alarm";

  @Option(names = "--room", paramLabel = "ROOM", description = "For example kitchen.")
  private @Nullable String room;

  SmokeCommand(Surroundings surroundings) {
    connection = new ConnectionOptions(surroundings);
    event = new EventOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    return event.run(
        connection,
        device,
        "smoke",
        "reports smoke state " + state,
        Duration.ofSeconds(30),
        (id, at) -> {
          ObjectNode payload = Payloads.event(id, at).put("state", state);
          if (room != null) {
            payload.put("room", room);
          }
          return Payloads.bytes(payload);
        });
  }
}
