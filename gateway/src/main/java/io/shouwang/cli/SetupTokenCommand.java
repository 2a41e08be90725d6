package io.shouwang.cli;

import io.shouwang.accounts.AtRest;
import io.shouwang.accounts.SetupToken;
import io.shouwang.host.RealDisk;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token with which an administrator can be made, when none is left. */
@Command(
    name = "setup-token",
    description = {
      "Make a one-time token with which the first administrator is made, in a file of the state",
      "directory. Run it as the gateway's user; the gateway may be running."
    },
    mixinStandardHelpOptions = true)
public final class SetupTokenCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--anyway",
      description = "although there are administrators: they have lost their passwords")
  private boolean anyway;

  @Override
  public Integer call() {
    try (AtRest people = new AtRest(PeopleStore.of(folders.config), folders.data)) {
      int administrators = people.administrators();
      if (administrators > 0 && !anyway) {
        spec.commandLine()
            .getErr()
            .println(
                administrators
                    + " may administer already: let one of them make another, or use --anyway");
        return 1;
      }
      SetupToken token =
          new SetupToken(new RealDisk(), folders.data.toAbsolutePath(), new SecureRandom());
      token.make();
      spec.commandLine().getOut().println("the token is in " + token.path());
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(Trouble.of(e));
      return 1;
    }
  }
}
