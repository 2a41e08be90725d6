package io.shouwang;

import io.shouwang.cli.AuditCommand;
import io.shouwang.cli.BacktestCommand;
import io.shouwang.cli.CheckConfigCommand;
import io.shouwang.cli.DrillCommand;
import io.shouwang.cli.ExportCommand;
import io.shouwang.cli.ImportCommand;
import io.shouwang.cli.JournalCommand;
import io.shouwang.cli.RunCommand;
import io.shouwang.cli.SendTestCommand;
import io.shouwang.cli.SetupTokenCommand;
import io.shouwang.cli.VerifyContactCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The gateway's command line. */
@Command(
    name = "gateway",
    description = "The gateway between an old person's emergency and the people who come.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    subcommands = {
      RunCommand.class,
      CheckConfigCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      BacktestCommand.class,
      DrillCommand.class,
      SendTestCommand.class,
      VerifyContactCommand.class,
      JournalCommand.class,
      SetupTokenCommand.class,
      AuditCommand.class
    })
public final class Main {
  private Main() {}

  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"shouwang " + Version.text()};
    }
  }

  public static void main(String[] arguments) {
    // Before the first handshake: a client could have TLS 1.2's repeated without end, at our cost.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    System.exit(run(arguments));
  }

  /** Runs a command. Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
  public static int run(String... arguments) {
    return new CommandLine(new Main()).execute(arguments);
  }
}
