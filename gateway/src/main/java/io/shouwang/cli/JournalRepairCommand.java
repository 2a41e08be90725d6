package io.shouwang.cli;

import io.shouwang.engine.SnapshotsAhead;
import io.shouwang.host.Disk;
import io.shouwang.host.RealDisk;
import io.shouwang.journal.JournalReader;
import io.shouwang.journal.JournalRepair;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Makes a damaged journal open again: first it says what that gives up, and only with {@code
 * --apply} does it. One damage at a time, since a person is to have read what each one costs.
 */
@Command(
    name = "repair",
    description = {
      "Say what makes the journal unusable and what a repair would give up; with --apply, do it.",
      "The gateway must be stopped. What is given up is kept in .damaged files."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:the journal is whole", "1:it is not, or can't be looked at"},
    mixinStandardHelpOptions = true)
final class JournalRepairCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--apply", description = "do what the command says without it")
  private boolean apply;

  private final Disk disk = new RealDisk();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Path directory = folders.data.resolve("journal");
      if (disk.list(directory).isEmpty()) {
        throw new IOException(directory + " holds no journal: name the state with --data");
      }
      JournalRepair repair = new JournalRepair(disk, directory);
      boolean isWhole = journal(repair, out) && snapshots(out);
      if (isWhole) {
        out.println("the journal is whole");
      }
      return isWhole ? 0 : 1;
    } catch (IOException | IllegalStateException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }

  /** Looks at the batches; true if they are whole, now or after the repair. */
  private boolean journal(JournalRepair repair, PrintWriter out) throws IOException {
    Optional<JournalRepair.Plan> plan = repair.examine();
    if (plan.isEmpty()) {
      return true;
    }
    out.println(plan.get().describe());
    if (!apply) {
      out.println("Nothing was changed. Add --apply to do it.");
      return false;
    }
    repair.apply(plan.get());
    out.println("Done.");
    Optional<JournalRepair.Plan> more = repair.examine();
    if (more.isPresent()) {
      out.println("There is more:");
      out.println(more.get().describe());
      out.println("Run the command once more with --apply to do that too.");
    }
    return more.isEmpty();
  }

  /** Looks at the snapshots; true if the journal goes on from all of them. */
  private boolean snapshots(PrintWriter out) throws IOException {
    JournalReader reader = JournalCommand.reader(folders.data);
    JournalReader.End end = reader.read(reader.firstSequence().orElse(1), (sequence, body) -> {});
    List<Path> ahead = SnapshotsAhead.find(disk, folders.data, end.lastSequence());
    if (ahead.isEmpty()) {
      return true;
    }
    out.println(
        "The journal ends with batch "
            + end.lastSequence()
            + ", but these snapshots know of later ones: "
            + ahead
            + ".\nThe repair sets them aside as .damaged files; the state comes from an older one,"
            + " or from the journal alone.");
    if (!apply) {
      out.println("Nothing was changed. Add --apply to do it.");
      return false;
    }
    SnapshotsAhead.setAside(disk, ahead);
    out.println("Done.");
    return true;
  }
}
