package io.shouwang.sim;

import io.shouwang.sim.message.Payloads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code send}: any event. */
@Command(
    name = "send",
    header = "Send any event of any device.",
    description = {
      "Sends any event: --kind and its JSON. An object gets the id and at it lacks.",
      "Example: device-sim send --device demo-pir-001 --kind motion --json '{\"state\":\"active\"}'"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the required fields
final class SendCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;
  @Mixin private final EventOptions event;

  @Option(names = "--device", required = true, paramLabel = "ID", description = "Whose event.")
  private String device;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      description = "sos, fall, smoke, motion, location, vitals, status, checkin, door, ...")
  private String kind;

  @Option(names = "--json", paramLabel = "JSON", description = "The payload (default: {}).")
  private String json = "{}";

  @Option(names = "--raw", description = "Send the text of --json as it is, even if it is no JSON.")
  private boolean raw;

  SendCommand(Surroundings surroundings) {
    connection = new ConnectionOptions(surroundings);
    event = new EventOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    return event.run(
        connection,
        device,
        kind,
        "sends " + kind,
        Duration.ZERO,
        (id, at) -> {
          if (raw) {
            return json.getBytes(StandardCharsets.UTF_8);
          }
          try {
            return Payloads.bytes(Payloads.typed(json, id, at));
          } catch (IllegalArgumentException e) {
            throw connection.wrong("--json: " + e.getMessage() + "; add --raw to send it anyway");
          }
        });
  }
}
