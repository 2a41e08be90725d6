package io.shouwang.sim;

import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Endpoint.Version;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.Secrets;
import io.shouwang.sim.wire.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Where the gateway is, how to speak to it, and where the secrets are; the same for all commands.
 */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ConnectionOptions {
  private static final String PORT_VARIABLE = "SHOUWANG_MQTT_PORT";
  private static final String SECRET_VARIABLE = "SHOUWANG_SECRET";

  private final Surroundings surroundings;

  @Spec(Target.MIXEE)
  private picocli.CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The gateway's host (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Its MQTT port (default: $SHOUWANG_MQTT_PORT if set, else 1883, or 8883 with --tls).")
  private @Nullable Integer port;

  @Option(names = "--tls", description = "Connect with TLS; the host name is checked.")
  private boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "PEM file of the authority to trust with --tls (default: those the system trusts).")
  private @Nullable Path ca;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "CSV file id,secret (default: data/demo-secrets.csv). A single secret can come in the"
              + " environment variable SHOUWANG_SECRET instead; it never goes on the command line.")
  private @Nullable Path secrets;

  @Option(
      names = "--mqtt",
      paramLabel = "3|5",
      description = "Speak MQTT 3.1.1 or 5.0 (default: ${DEFAULT-VALUE}).")
  private String mqtt = "5";

  ConnectionOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Where to connect; one act may take {@code patience}. */
  Endpoint endpoint(Duration patience) throws IOException {
    Version version =
        switch (mqtt) {
          case "3" -> Version.V3_1_1;
          case "5" -> Version.V5;
          default -> throw wrong("--mqtt is 3 or 5, not '" + mqtt + "'");
        };
    if (ca != null && !tls) {
      throw wrong("--ca has no meaning without --tls; add --tls");
    }
    return new Endpoint(host, port(), tls ? Tls.trusting(ca) : null, version, patience);
  }

  boolean tls() {
    return tls;
  }

  private int port() {
    if (port != null) {
      return inRange(port, "--port");
    }
    String variable = surroundings.environment().get(PORT_VARIABLE);
    if (variable == null || variable.isBlank() || tls) {
      return tls ? 8883 : 1883;
    }
    try {
      return inRange(Integer.parseInt(variable.strip()), PORT_VARIABLE);
    } catch (NumberFormatException e) {
      throw wrong(PORT_VARIABLE + " is '" + variable + "', which is no port number");
    }
  }

  private int inRange(int number, String where) {
    if (number < 1 || number > 65_535) {
      throw wrong(where + " is " + number + "; a port is 1 to 65535");
    }
    return number;
  }

  /** The login of {@code id}: the environment's secret, or the file's when one was named. */
  Login login(String id) throws IOException {
    String alone = surroundings.environment().get(SECRET_VARIABLE);
    boolean fromEnvironment = alone != null && !alone.isEmpty() && secrets == null;
    return fromEnvironment && alone != null ? Login.of(id, alone) : secrets().login(id);
  }

  /** All secrets. */
  Secrets secrets() throws IOException {
    return Secrets.read(secretsFile());
  }

  Path secretsFile() {
    return secrets == null ? surroundings.home().resolve("data/demo-secrets.csv") : secrets;
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
