package io.shouwang.sim;

import io.shouwang.sim.message.Reply;
import io.shouwang.sim.responder.Keys;
import io.shouwang.sim.responder.Script;
import io.shouwang.sim.responder.Station;
import io.shouwang.sim.time.Agenda;
import io.shouwang.sim.wire.Login;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code respond}: a responder in a terminal. */
@Command(
    name = "respond",
    header = "Be a responder: see alerts, answer them.",
    description = {
      "Is a responder: prints each alert it is sent, acknowledges it, and answers by the keys you"
          + " type (a accept, d decline, s spoke, r arrived, x done), or by a script. Runs until"
          + " interrupted; what rings meanwhile is delivered at the next start.",
      "Example: device-sim respond --as demo-daughter --accept-after 5s --eta 8"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the required field
final class RespondCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "ID",
      description = "Which responder: demo-daughter, demo-grid, demo-service, demo-desk, ...")
  private String responder;

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "A further client of the same responder: connects as ID.NAME.")
  private @Nullable String client;

  @ArgGroup private @Nullable Answers answers;

  @Option(
      names = "--eta",
      paramLabel = "MINUTES",
      description = "With --accept-after: in how many minutes (default: ${DEFAULT-VALUE}).")
  private int etaMinutes = 10;

  private final Surroundings surroundings;

  /** One of three ways to answer without hands. */
  static final class Answers {
    @Option(
        names = "--accept-after",
        paramLabel = "DURATION",
        description = "Accept each new alert so long after it rings.")
    private @Nullable Duration acceptAfter;

    @Option(names = "--decline", description = "Decline each new alert.")
    private boolean decline;

    @Option(
        names = "--script",
        paramLabel = "STEPS",
        description =
            "Answer each new alert in steps, counted from its ring, until it is closed:"
                + " accept:8@5s,arrived@30s,done:real@60s")
    private @Nullable Script script;
  }

  RespondCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    connection = new ConnectionOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    Login login = connection.login(responder);
    Script script = script();
    try (Agenda agenda = Agenda.system();
        Station station =
            new Station(
                client == null ? login : login.client(client),
                connection.endpoint(Duration.ofSeconds(5)),
                alert -> script,
                agenda,
                surroundings.clock(),
                surroundings.terminal())) {
      station.start();
      BufferedReader keys = surroundings.keys();
      if (keys != null && script.steps().isEmpty()) {
        surroundings.terminal().plain(Keys.HELP);
        Thread.ofVirtual().name("sim-keys").start(() -> station.typeFrom(keys));
      }
      station.awaitEnd(surroundings.interrupted());
    }
    return ExitCode.OK;
  }

  private Script script() {
    Answers given = answers;
    if (given == null) {
      return Script.SILENT;
    }
    if (given.script != null) {
      return given.script;
    }
    return given.decline
        ? new Script(List.of(new Script.Step(Duration.ZERO, Reply.plain(Reply.Word.DECLINE))))
        : new Script(
            List.of(
                new Script.Step(
                    given.acceptAfter == null ? Duration.ZERO : given.acceptAfter,
                    Reply.accept(etaMinutes))));
  }
}
