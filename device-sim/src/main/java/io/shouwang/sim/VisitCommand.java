package io.shouwang.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.sim.message.Contact;
import io.shouwang.sim.message.Payloads;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.Wire;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code visit}: somebody was with an elder, or called. */
@Command(
    name = "visit",
    header = "Record a visit to an elder, or a call.",
    description = {
      "Records that a responder visited an elder, or called (--call), and says once it is on disk.",
      "Example: device-sim visit --responder demo-grid --elder e-001 --result well"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the required fields
final class VisitCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A client beside the responder's own, so that its alerts go on reaching it. */
  private static final String CLIENT = "visit";

  @Mixin private final ConnectionOptions connection;

  @Option(names = "--responder", required = true, paramLabel = "ID", description = "Who it was.")
  private String responder;

  @Option(names = "--elder", required = true, paramLabel = "ID", description = "With whom.")
  private String elder;

  @Option(names = "--call", description = "It was a telephone call.")
  private boolean call;

  @Option(
      names = "--result",
      paramLabel = "WORD",
      description = "well, reached, no_answer, not_home, ... (default: ${DEFAULT-VALUE}).")
  private String result = "well";

  @Option(names = "--note", paramLabel = "TEXT", description = "What else there is to say.")
  private @Nullable String note;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When it was: 2026-03-01T08:00:00+08:00 or epoch milliseconds (default: now).")
  private @Nullable String at;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The record's id: the same one twice is one contact (default: a new one).")
  private @Nullable String id;

  private final Surroundings surroundings;

  VisitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    connection = new ConnectionOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    Contact contact = new Contact(elder, call ? "call" : "visit", result, note);
    byte[] message = contact.message(id == null ? UUID.randomUUID().toString() : id, time());
    Endpoint endpoint = connection.endpoint(PATIENCE);
    Login login = connection.login(responder).client(CLIENT);
    try (Wire wire = endpoint.wire(login)) {
      wire.connect(new Deaf());
      wire.publish(Contact.topic(responder), message);
    }
    surroundings
        .terminal()
        .line(
            surroundings.clock().now(),
            responder,
            (call ? "called " : "visited ") + elder + " (" + result + "): recorded");
    return ExitCode.OK;
  }

  private JsonNode time() {
    String typed = at;
    if (typed == null) {
      return Payloads.at(surroundings.clock().now());
    }
    try {
      return Payloads.at(typed);
    } catch (IllegalArgumentException e) {
      throw connection.wrong("--at: " + e.getMessage());
    }
  }

  /** It subscribes to nothing, and a lost connection shows in the publish. */
  private static final class Deaf implements Wire.Listener {
    @Override
    public void arrived(String topic, byte[] payload) {}

    @Override
    public void lost(String why) {}
  }
}
