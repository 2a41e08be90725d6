package io.shouwang.cli;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import io.shouwang.model.Role;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.RegistryFolder.Edits;
import io.shouwang.registry.RegistryFolder.Import;
import io.shouwang.registry.RegistrySource;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports a registry; a running gateway takes it up within a second or two. */
@Command(
    name = "import",
    description = {
      "Import a registry from CSV: all of it, or nothing with every mistake named.",
      "A running gateway takes it up by itself; otherwise the next start does.",
      "What was edited on the console since the last import isn't undone unless you say so."
    },
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  private static final int LISTED_MAX = 50;

  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DIR",
      description = "areas.csv, homes.csv, elders.csv, devices.csv, ...")
  private Path source = Path.of(".");

  @Option(
      names = "--keep-edits",
      description = "lay what was edited since the last import over these files")
  private boolean keepEdits;

  @Option(
      names = "--undo-edits",
      description = "these files hold, whatever was edited since the last import")
  private boolean undoEdits;

  @Override
  public Integer call() {
    if (keepEdits && undoEdits) {
      throw new ParameterException(
          spec.commandLine(), "say either --keep-edits or --undo-edits, not both");
    }
    PrintWriter err = spec.commandLine().getErr();
    return switch (ConfigReader.read(folders.config, System.getenv())) {
      case ConfigReading.Refused refused -> {
        refused.problems().forEach(err::println);
        yield 1;
      }
      case ConfigReading.Accepted accepted -> run(accepted.settings().roles());
    };
  }

  private int run(Set<Role> roles) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Edits edits = keepEdits ? Edits.KEEP : undoEdits ? Edits.UNDO : Edits.REFUSE;
    ImportProgress progress = new ImportProgress(err, isTerminal(), Clock.SYSTEM);
    try {
      RegistryFolder folder = new RegistryFolder(new RealDisk(), folders.data);
      Import came = folder.importFrom(RegistrySource.directory(source), roles, edits, progress);
      progress.end();
      return switch (came) {
        case Import.Imported done -> {
          out.println("imported " + done.registry().counts() + " as " + done.registry().hash());
          if (done.secrets() != null) {
            out.println(done.newSecrets() + " new secrets are in " + done.secrets());
          }
          yield 0;
        }
        case Import.Refused refused -> {
          refused.problems().forEach(err::println);
          err.println(refused.count() + " mistakes; nothing was imported");
          yield 1;
        }
        case Import.WouldUndo(var _, List<RegistryFolder.Undone> lost) -> {
          list(err, lost.stream().map(ImportCommand::text).toList());
          err.println(
              lost.size()
                  + " edits made on the console since the last import are not in these files;"
                  + " nothing was imported. Export first (gateway export DIR), or say"
                  + " --keep-edits or --undo-edits");
          yield 1;
        }
        case Import.Misfit(var problems) -> {
          list(err, problems.stream().map(Object::toString).toList());
          err.println(
              "what was edited on the console doesn't fit these files; nothing was imported");
          yield 1;
        }
      };
    } catch (IOException e) {
      progress.end();
      err.println(Trouble.of(e));
      return 1;
    }
  }

  @SuppressWarnings("SystemConsoleNull") // in Java 25 it is null again when there is none
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static void list(PrintWriter err, List<String> lines) {
    lines.stream().limit(LISTED_MAX).forEach(err::println);
    if (lines.size() > LISTED_MAX) {
      err.println("... and " + (lines.size() - LISTED_MAX) + " more");
    }
  }

  private static String text(RegistryFolder.Undone undone) {
    String fields = String.join(", ", undone.fields());
    return undone.entry()
        + (undone.entry().isAbsent() ? " was taken away" : " was edited: " + fields);
  }
}
