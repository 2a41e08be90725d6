package io.shouwang.cli;

import io.shouwang.engine.JournalText;
import io.shouwang.host.RealDisk;
import io.shouwang.journal.JournalReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks into the journal, also while the gateway runs. */
@Command(
    name = "journal",
    description = "Look into the journal, check it, repair it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      JournalCommand.Verify.class,
      JournalCommand.Dump.class,
      JournalRepairCommand.class,
      SyncTimeCommand.class
    })
public final class JournalCommand {

  /** Reads every batch. */
  @Command(
      name = "verify",
      description = "Read every batch and check it; may run beside the gateway.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Mixin private Folders folders = new Folders();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try {
        JournalReader reader = reader(folders.data);
        long first = reader.firstSequence().orElse(1);
        JournalReader.End end = reader.read(first, (sequence, body) -> {});
        out.println(
            "batches "
                + first
                + " to "
                + end.lastSequence()
                + " are whole; the journal ends in "
                + end.file()
                + " at "
                + end.offset());
        if (end.unfinished() > 0) {
          out.println(
              end.unfinished()
                  + " bytes after that are unfinished: being written, or torn by a power cut");
        }
        return 0;
      } catch (IOException e) {
        spec.commandLine().getErr().println(Trouble.of(e));
        return 1;
      }
    }
  }

  /** Prints what was taken in and decided. */
  @Command(
      name = "dump",
      description = "Print each input with what was decided, one line each; holds personal data.",
      mixinStandardHelpOptions = true)
  static final class Dump implements Callable<Integer> {
    @Mixin private Folders folders = new Folders();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", paramLabel = "BATCH", description = "first batch (default: all)")
    private long from;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try {
        JournalReader reader = reader(folders.data);
        long first = Math.max(from, reader.firstSequence().orElse(1));
        reader.read(
            first, (sequence, body) -> JournalText.lines(sequence, body).forEach(out::println));
        out.flush();
        return 0;
      } catch (IOException e) {
        out.flush();
        spec.commandLine().getErr().println(Trouble.of(e));
        return 1;
      }
    }
  }

  static JournalReader reader(Path data) {
    return new JournalReader(new RealDisk(), data.resolve("journal"));
  }

  private JournalCommand() {}
}
