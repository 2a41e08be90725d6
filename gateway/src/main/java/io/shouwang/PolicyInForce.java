package io.shouwang;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.Policy;
import io.shouwang.config.PolicyFiles;
import io.shouwang.config.PolicyReading;
import io.shouwang.config.Settings;
import io.shouwang.yaml.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules and ladders that hold at the moment, and a look at the files for others. All or
 * nothing: a mistake anywhere leaves the old ones in force. Any thread; a look at the files and a
 * change of them exclude each other.
 */
final class PolicyInForce {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);
  private static final List<String> FILES = List.of("ladders.yaml", "rules.yaml", "gateway.yaml");
  private static final int WAITS_MAX = 20;
  private static final long WAIT_MILLIS = 1_000;
  private static final String RESTART = "gateway.yaml";

  /** A file's looks from outside; null where there is none. */
  private record Seen(@Nullable FileTime changed, long bytes) {}

  private final Path configFolder;
  private final SettingsFolder kept;
  private volatile Policy policy;
  private volatile List<ConfigProblem> refused = List.of();
  private List<Seen> settled;
  private List<Seen> seen;

  PolicyInForce(Path configFolder, Settings settings, SettingsFolder kept) throws IOException {
    this.configFolder = configFolder;
    this.kept = kept;
    this.policy = settings.policy();
    kept.keep(policy);
    kept.takesForce(policy.hash());
    this.settled = look();
    this.seen = settled;
  }

  Policy policy() {
    return policy;
  }

  /** What is wrong with the files on disk, which therefore don't hold; empty if nothing is. */
  List<ConfigProblem> refused() {
    return refused;
  }

  /**
   * Reads the files if they changed, and puts them in force if they are good; durable on return.
   * Whoever writes a file may be half through: it is read once it has been still between two looks.
   */
  synchronized Optional<Policy> loadNext() throws IOException {
    List<Seen> now = look();
    boolean still = now.equals(seen);
    seen = now;
    if (!still || now.equals(settled)) {
      return Optional.empty();
    }
    int restart = FILES.indexOf(RESTART);
    if (!now.get(restart).equals(settled.get(restart))) {
      LOG.warn("gateway.yaml was changed; that takes force at the next start");
    }
    PolicyReading reading = ConfigReader.readPolicy(configFolder, policy.files().zone());
    Optional<Policy> next = take(reading);
    settled = now; // only now: what failed on the disk is tried again
    return next;
  }

  /**
   * Writes other texts into the files, for {@link #loadNext} to find.
   *
   * @param before what the files must hold: nobody's unread edit is overwritten
   * @return false if they hold something else
   */
  synchronized boolean replace(PolicyFolder folder, PolicyFiles before, PolicyFiles next)
      throws IOException {
    if (!folder.holds(before)) {
      return false;
    }
    folder.replace(next);
    return true;
  }

  /** Waits until a policy is in force; false if that takes many looks at the files. */
  synchronized boolean await(String hash) throws InterruptedException {
    for (int waits = 0; waits < WAITS_MAX && !policy.hash().equals(hash); waits++) {
      wait(WAIT_MILLIS);
    }
    return policy.hash().equals(hash);
  }

  private synchronized Optional<Policy> take(PolicyReading reading) throws IOException {
    switch (reading) {
      case PolicyReading.Refused(var problems) -> {
        if (!problems.equals(refused)) {
          LOG.error(
              "rules and ladders in {} are refused, those before stay in force; {} to correct:",
              configFolder,
              problems.size());
          problems.forEach(problem -> LOG.error("{}", problem));
        }
        refused = problems;
        return Optional.empty();
      }
      case PolicyReading.Accepted(var read) -> {
        boolean isOther = !read.hash().equals(policy.hash());
        if (isOther) {
          kept.keep(read);
          kept.takesForce(read.hash());
          policy = read;
          notifyAll();
        } else if (!refused.isEmpty()) {
          LOG.info("rules and ladders on disk are again those in force");
        }
        refused = List.of();
        return isOther ? Optional.of(read) : Optional.empty();
      }
    }
  }

  private List<Seen> look() throws IOException {
    Seen[] found = new Seen[FILES.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = look(configFolder.resolve(FILES.get(i)));
    }
    return List.of(found);
  }

  private static Seen look(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Seen(attributes.lastModifiedTime(), attributes.size());
    } catch (NoSuchFileException missing) {
      return new Seen(null, 0);
    }
  }
}
