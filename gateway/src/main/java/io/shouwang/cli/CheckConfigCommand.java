package io.shouwang.cli;

import io.shouwang.config.ConfigCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says everything that is wrong with a configuration. */
@Command(
    name = "check-config",
    description = "Say everything that is wrong with a configuration and its registry, and stop.",
    mixinStandardHelpOptions = true)
public final class CheckConfigCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return ConfigCheck.run(folders.config, System.getenv(), spec.commandLine().getOut());
  }
}
