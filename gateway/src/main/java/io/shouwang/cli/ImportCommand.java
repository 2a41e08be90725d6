package io.shouwang.cli;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.host.RealDisk;
import io.shouwang.model.Role;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.RegistrySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports a registry; a running gateway takes it up within a second or two. */
@Command(
    name = "import",
    description = {
      "Import a registry from CSV: all of it, or nothing with every mistake named.",
      "A running gateway takes it up by itself; otherwise the next start does."
    },
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DIR",
      description = "areas.csv, homes.csv, elders.csv, devices.csv, ...")
  private Path source = Path.of(".");

  @Override
  public Integer call() {
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
    try {
      RegistryFolder folder = new RegistryFolder(new RealDisk(), folders.data);
      return switch (folder.importFrom(RegistrySource.directory(source), roles)) {
        case RegistryFolder.Import.Imported done -> {
          out.println("imported " + done.registry().counts() + " as " + done.registry().hash());
          if (done.secrets() != null) {
            out.println(done.newSecrets() + " new secrets are in " + done.secrets());
          }
          yield 0;
        }
        case RegistryFolder.Import.Refused refused -> {
          refused.problems().forEach(err::println);
          err.println(refused.count() + " mistakes; nothing was imported");
          yield 1;
        }
      };
    } catch (IOException e) {
      err.println(Trouble.of(e));
      return 1;
    }
  }
}
