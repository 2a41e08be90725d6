package io.shouwang.cli;

import io.shouwang.host.RealDisk;
import io.shouwang.journal.JournalRepair;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For the day a disk went bad: says what is lost, and gives it up only when told to. */
@Command(
    name = "repair",
    description = {
      "Say what is wrong with a damaged journal and what a repair would give up.",
      "Changes nothing without --give-up; needs the gateway stopped."
    },
    mixinStandardHelpOptions = true)
final class RepairCommand implements Callable<Integer> {
  /** Each repair uncovers the next damage, if there is more; a disk worse than this is no disk. */
  private static final int STEPS_MAX = 1_000;

  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--give-up", description = "do what was said, and give up what can't be read")
  private boolean giveUp;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      JournalRepair repair = new JournalRepair(new RealDisk(), folders.data.resolve("journal"));
      for (int step = 0; step < STEPS_MAX; step++) {
        Optional<JournalRepair.Plan> plan = repair.examine();
        if (plan.isEmpty()) {
          out.println(
              step == 0
                  ? "nothing to repair: the journal opens as it is"
                  : "repaired: the journal opens");
          return 0;
        }
        out.println(plan.get().describe());
        if (!giveUp) {
          out.println("Nothing was changed. To do it: the same command with --give-up");
          return 1;
        }
        repair.apply(plan.get());
      }
      spec.commandLine().getErr().println("still damaged after " + STEPS_MAX + " repairs");
      return 1;
    } catch (IOException | IllegalStateException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }
}
