package io.shouwang;

import io.shouwang.config.ConfigCheck;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.Policy;
import io.shouwang.config.PolicyFiles;
import io.shouwang.config.PolicyReading;
import io.shouwang.console.PolicyDesk;
import io.shouwang.registry.Registry;
import io.shouwang.yaml.ConfigProblem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules and ladders as the console shows and changes them. A change is written into the files that
 * operators edit, and takes force as any change of theirs does; so there is one text, whoever wrote
 * it. Any thread that may wait.
 */
final class PolicyChanges implements PolicyDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyChanges.class);

  private final PolicyInForce inForce;
  private final PolicyFolder folder;
  private final SettingsFolder kept;
  private final Supplier<Registry> registry;

  PolicyChanges(
      PolicyInForce inForce,
      PolicyFolder folder,
      SettingsFolder kept,
      Supplier<Registry> registry) {
    this.inForce = inForce;
    this.folder = folder;
    this.kept = kept;
    this.registry = registry;
  }

  @Override
  public InForce inForce() {
    Policy policy = inForce.policy();
    PolicyFiles files = policy.files();
    return new InForce(
        policy.hash(),
        kept.since().orElse(null),
        new Texts(files.ladders(), files.rules()),
        files.zone().getId(),
        mistakes(inForce.refused()));
  }

  private static List<Mistake> mistakes(List<ConfigProblem> problems) {
    return problems.stream()
        .map(problem ->
            new Mistake(
                problem.file(), problem.line(), problem.column(), problem.what(), problem.remedy()))
        .toList();
  }

  @Override
  public List<Former> former() {
    return kept.all().stream().map(each -> new Former(each.hash(), each.keptAt())).toList();
  }

  @Override
  public Optional<Texts> former(String hash) {
    try {
      PolicyFiles files = kept.files(hash);
      return Optional.of(new Texts(files.ladders(), files.rules()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public Checked check(Texts texts) {
    return switch (read(texts)) {
      case PolicyReading.Refused(var problems) -> new Checked.Bad(mistakes(problems));
      case PolicyReading.Accepted(var policy) ->
          new Checked.Good(policy.hash(), ConfigCheck.warnings(policy, registry.get()));
    };
  }

  private PolicyReading read(Texts texts) {
    return ConfigReader.read(
        new PolicyFiles(texts.ladders(), texts.rules(), inForce.policy().files().zone()));
  }

  @Override
  public synchronized Activated activate(String basedOn, Texts texts) {
    Policy next;
    switch (read(texts)) {
      case PolicyReading.Refused(var problems) -> {
        return new Activated.Bad(mistakes(problems));
      }
      case PolicyReading.Accepted(var policy) -> next = policy;
    }
    Policy before = inForce.policy();
    if (!before.hash().equals(basedOn)) {
      return new Activated.Refused(
          Activated.Why.MOVED_ON, "others took force meanwhile; compare with those, then activate");
    }
    if (next.hash().equals(before.hash())) {
      return new Activated.Done(before.hash());
    }
    try {
      if (folder.isLinked()) {
        return new Activated.Refused(
            Activated.Why.NOT_OURS,
            "rules.yaml or ladders.yaml is a link to a file kept elsewhere; change it there");
      }
      boolean isReplaced = inForce.replace(folder, before.files(), next.files());
      if (!isReplaced) {
        return new Activated.Refused(
            Activated.Why.MOVED_ON,
            "the files in the configuration directory are not those in force: somebody edits them,"
                + " or they are refused; put them right first");
      }
      return inForce.await(next.hash())
          ? new Activated.Done(next.hash())
          : new Activated.Refused(
              Activated.Why.NOT_YET,
              "the files are written, and take force as soon as they are read; look again");
    } catch (FileSystemException e) {
      return notOurs(e);
    } catch (IOException e) {
      LOG.error("rules and ladders can't be written", e);
      return new Activated.Refused(
          Activated.Why.NOT_OURS, "the files can't be written; the log says why");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Activated.Refused(Activated.Why.NOT_YET, "the gateway is stopping; look again");
    }
  }

  private static Activated notOurs(FileSystemException e) {
    LOG.warn("rules and ladders can't be written: {}", e.getMessage());
    return new Activated.Refused(
        Activated.Why.NOT_OURS,
        "the gateway may not write its configuration directory; give its user the right to, or edit"
            + " the files by hand");
  }
}
