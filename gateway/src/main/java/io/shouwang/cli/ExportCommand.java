package io.shouwang.cli;

import io.shouwang.host.RealDisk;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.RegistrySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the registry in force out as the files of an import, edits and all. */
@Command(
    name = "export",
    description = {
      "Write the registry out as CSV, with all that was edited on the console:",
      "files that can be worked on and imported again. Secrets are not among them."
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "a directory without such files; made if need be")
  private Path target = Path.of(".");

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      RegistryFolder folder = new RegistryFolder(new RealDisk(), folders.data);
      String hash = folder.next().orElse(null);
      if (hash == null) {
        err.println("no registry was ever imported into " + folders.data);
        return 1;
      }
      int files = write(folder.export(hash));
      out.println("wrote " + files + " files of registry " + hash + " to " + target);
      return 0;
    } catch (FileAlreadyExistsException there) {
      err.println(there.getFile() + " is there already; name an empty directory");
      return 1;
    } catch (IOException e) {
      err.println(Trouble.of(e));
      return 1;
    }
  }

  /** Readable by the owner alone: they are a city's names and doors. */
  private int write(RegistrySource source) throws IOException {
    if (!Files.isDirectory(target)) {
      boolean isPosix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (isPosix) {
        Files.createDirectories(
            target,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(target);
      }
    }
    List<String> names = new ArrayList<>(RegistrySource.FILES);
    names.addAll(RegistrySource.OPTIONAL_FILES);
    for (String name : names) {
      if (Files.exists(target.resolve(name))) {
        throw new FileAlreadyExistsException(target.resolve(name).toString());
      }
    }
    int written = 0;
    for (String name : names) {
      byte[] bytes = source.bytes(name);
      if (bytes != null) {
        Files.write(target.resolve(name), bytes, StandardOpenOption.CREATE_NEW);
        written++;
      }
    }
    return written;
  }
}
