package io.shouwang.console;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.PolicyFiles;
import io.shouwang.config.PolicyReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules and ladders of the tests, in memory: those of the repository, read by the real reader. */
final class HeldPolicy implements PolicyDesk {
  private final List<Texts> held = new ArrayList<>();

  HeldPolicy() {
    Path config = Path.of("..", "config");
    try {
      held.add(
          new Texts(
              Files.readString(config.resolve("ladders.yaml")),
              Files.readString(config.resolve("rules.yaml"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PolicyFiles files(Texts texts) {
    return new PolicyFiles(texts.ladders(), texts.rules(), ZoneId.of("Asia/Shanghai"));
  }

  @Override
  public synchronized InForce inForce() {
    Texts texts = held.getLast();
    return new InForce(files(texts).hash(), Instant.EPOCH, texts, "Asia/Shanghai", List.of());
  }

  @Override
  public synchronized List<Former> former() {
    return held.reversed().stream()
        .map(texts -> new Former(files(texts).hash(), Instant.EPOCH))
        .toList();
  }

  @Override
  public synchronized Optional<Texts> former(String hash) {
    return held.stream().filter(texts -> files(texts).hash().equals(hash)).findFirst();
  }

  @Override
  public Checked check(Texts texts) {
    return switch (ConfigReader.read(files(texts))) {
      case PolicyReading.Accepted(var policy) ->
          new Checked.Good(policy.hash(), List.of("a warning"));
      case PolicyReading.Refused(var problems) ->
          new Checked.Bad(
              problems.stream()
                  .map(one ->
                      new Mistake(one.file(), one.line(), one.column(), one.what(), one.remedy()))
                  .toList());
    };
  }

  @Override
  public synchronized Activated activate(String basedOn, Texts texts) {
    if (!basedOn.equals(inForce().hash())) {
      return new Activated.Refused(Activated.Why.MOVED_ON, "look again");
    }
    return switch (check(texts)) {
      case Checked.Bad(var mistakes) -> new Activated.Bad(mistakes);
      case Checked.Good(String hash, var _) -> {
        held.add(texts);
        yield new Activated.Done(hash);
      }
    };
  }
}
