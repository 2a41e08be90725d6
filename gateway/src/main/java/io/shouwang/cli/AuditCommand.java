package io.shouwang.cli;

import io.shouwang.accounts.AtRest;
import io.shouwang.accounts.AuditVerdict;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks after the record of who did and saw what. */
@Command(
    name = "audit",
    description = "Check the record of who did and saw what.",
    mixinStandardHelpOptions = true,
    subcommands = AuditCommand.Verify.class)
public final class AuditCommand {

  /** Walks the chain. */
  @Command(
      name = "verify",
      description = {
        "Walk the record's chain of hashes and name the first entry that is not as it was written.",
        "May run beside the gateway. Exit code 1 when the chain is broken."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Mixin private Folders folders = new Folders();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--expect",
        paramLabel = "NUMBER:HASH",
        description = "an entry as it was noted elsewhere, from an earlier run or the log")
    private @Nullable String expect;

    @Override
    public Integer call() {
      try (AtRest people = new AtRest(PeopleStore.of(folders.config), folders.data)) {
        return switch (people.verify()) {
          case AuditVerdict.Broken broken ->
              refuse("entry " + broken.number() + " is broken: " + broken.why());
          case AuditVerdict.Whole whole -> {
            if (expect != null && !isAsExpected(people, expect)) {
              yield refuse("the record is another than the one that was noted: " + expect);
            }
            if (whole.sealed() > 0 && !areArchivesWhole(people)) {
              yield 1;
            }
            spec.commandLine()
                .getOut()
                .println(
                    whole.entries()
                        + " entries are whole; the last is "
                        + whole.entries()
                        + ":"
                        + whole.hash());
            yield 0;
          }
        };
      } catch (IOException e) {
        return refuse(Trouble.of(e));
      }
    }

    /** Names each archive; what was moved elsewhere is nothing broken. */
    private boolean areArchivesWhole(AtRest people) throws IOException {
      boolean areWhole = true;
      for (AtRest.Archive archive : people.archives()) {
        String entries = "entries " + archive.first() + " to " + archive.last();
        if (archive.broken() != null) {
          areWhole = false;
          int _ = refuse(entries + ": the archive " + archive.file() + ": " + archive.broken());
        } else {
          spec.commandLine()
              .getOut()
              .println(
                  archive.there()
                      ? entries + " are whole in the archive " + archive.file()
                      : entries
                          + " are in "
                          + archive.file()
                          + ", which isn't here; its SHA-256 must be "
                          + archive.digest());
        }
      }
      return areWhole;
    }

    private static boolean isAsExpected(AtRest people, String expect) throws IOException {
      int colon = expect.indexOf(':');
      try {
        long number = Long.parseLong(expect.substring(0, Math.max(0, colon)));
        return people.hash(number).equals(expect.substring(colon + 1));
      } catch (NumberFormatException e) {
        throw new IOException("--expect is an entry's number, a colon and its hash", e);
      }
    }

    private int refuse(String why) {
      spec.commandLine().getErr().println(why);
      return 1;
    }
  }
}
