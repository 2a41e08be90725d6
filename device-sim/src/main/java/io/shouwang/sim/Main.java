package io.shouwang.sim;

import io.shouwang.sim.responder.Script;
import io.shouwang.sim.screen.Terminal;
import io.shouwang.sim.time.Durations;
import io.shouwang.sim.wire.WireException;
import io.shouwang.sim.wire.WireException.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The program {@code device-sim}: arguments to commands, troubles to exit codes. */
@Command(
    name = "device-sim",
    version = "device-sim 0.1.0",
    description = {
      "Devices and responders for trying a Shouwang gateway, built from its published contract alone.",
      "",
      "To see it work: start the gateway with scripts/run, then in two terminals",
      "  scripts/device-sim respond --as demo-daughter",
      "  scripts/device-sim press",
      ""
    })
public final class Main {
  /**
   * Paho's own words for each broken connection; the wires say the same for people. Kept: j.u.l.
   * forgets loggers nobody holds.
   */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private Main() {}

  /** Runs the command of {@code arguments} and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Surroundings surroundings = Surroundings.ofProcess();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(surroundings, ended)));
    int code = run(surroundings, arguments);
    ended.countDown();
    System.exit(code);
  }

  /** On SIGINT or SIGTERM: lets the command close its connections, for a bounded time. */
  private static void stop(Surroundings surroundings, CountDownLatch ended) {
    surroundings.interrupted().countDown();
    try {
      if (!ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        LoggerFactory.getLogger(Main.class).debug("stopped without a goodbye");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs one command; returns the exit code. */
  static int run(Surroundings surroundings, String... arguments) {
    PAHO.setLevel(Level.OFF);
    CommandLine line =
        new CommandLine(new Main())
            .addSubcommand(new PressCommand(surroundings))
            .addSubcommand(new SmokeCommand(surroundings))
            .addSubcommand(new FallCommand(surroundings))
            .addSubcommand(new SendCommand(surroundings))
            .addSubcommand(new CheckinCommand(surroundings))
            .addSubcommand(new VisitCommand(surroundings))
            .addSubcommand(new RespondCommand(surroundings))
            .addSubcommand(new CrowdCommand(surroundings))
            .addSubcommand(new DemoCommand(surroundings))
            .addSubcommand(new DistrictCommand(surroundings))
            .addSubcommand(new BenchTableCommand(surroundings))
            .addSubcommand(new CommandLine.HelpCommand());
    for (CommandLine each : line.getSubcommands().values()) {
      dress(each);
    }
    dress(line);
    line.registerConverter(Duration.class, converter(Durations::parse));
    line.registerConverter(Script.class, converter(Script::parse));
    line.setParameterExceptionHandler((e, all) -> misused(surroundings, e));
    line.setExecutionExceptionHandler((e, command, parsed) -> explain(surroundings, e));
    if (arguments.length == 0) {
      line.usage(line.getOut());
      return ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  private static void dress(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getCommandSpec()
        .usageMessage()
        .width(100)
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(CommandLine.Model.UsageMessageSpec.keyValuesMap(ExitCode.LIST));
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> reader) {
    return text -> {
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }

  private static int explain(Surroundings surroundings, Exception e) {
    Terminal terminal = surroundings.terminal();
    return switch (e) {
      case WireException wire -> {
        terminal.error(wire.getMessage() + remedy(wire.trouble()));
        yield wire.trouble() == Trouble.REFUSED ? ExitCode.REFUSED : ExitCode.NO_ANSWER;
      }
      case IOException file -> {
        terminal.error(String.valueOf(file.getMessage()));
        yield ExitCode.USAGE;
      }
      default -> {
        LoggerFactory.getLogger(Main.class).error("a fault of device-sim", e);
        yield ExitCode.FAULT;
      }
    };
  }

  private static int misused(Surroundings surroundings, CommandLine.ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    surroundings.terminal().error(e.getMessage() + " (help: " + command + " --help)");
    return ExitCode.USAGE;
  }

  private static String remedy(Trouble trouble) {
    return switch (trouble) {
      case UNREACHABLE -> ". Start it with scripts/run, or name it with --host and --port";
      case LOST -> ". Not acknowledged; a real device would go on trying";
      case REFUSED ->
          ". Look at the id, at its secret (--secrets), and at whether it is registered";
    };
  }
}
