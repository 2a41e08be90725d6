package io.shouwang;

import io.shouwang.config.PolicyFiles;
import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ladders.yaml} and {@code rules.yaml} in the configuration directory, the one place where
 * they are edited, by hand or from the console. Both are replaced or none, whenever the power goes:
 * the new texts are laid beside the old, then a mark, then each takes its place, then the mark
 * goes. One thread at a time.
 */
public final class PolicyFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyFolder.class);
  private static final List<String> FILES = List.of("ladders.yaml", "rules.yaml");

  /** Holds the hashes of what is replaced, one to a line, in the files' order. */
  private static final String MARK = ".activating";

  private final Disk disk;
  private final Path folder;

  /** Of a configuration directory. */
  public PolicyFolder(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Whether the files hold these texts, to the byte. */
  boolean holds(PolicyFiles texts) throws IOException {
    try {
      return text("ladders.yaml").equals(texts.ladders())
          && text("rules.yaml").equals(texts.rules());
    } catch (NoSuchFileException missing) {
      return false;
    }
  }

  /** Whether one of the files is only a link to where it is kept. */
  boolean isLinked() {
    return FILES.stream().anyMatch(file -> Files.isSymbolicLink(folder.resolve(file)));
  }

  /**
   * Puts these texts in place of those that are there; durable on return.
   *
   * @throws IOException when that can't be done; then nothing was replaced, or {@link #finish} does
   *     the rest at the next start
   */
  void replace(PolicyFiles next) throws IOException {
    String before = hash(text("ladders.yaml")) + "\n" + hash(text("rules.yaml")) + "\n";
    write(unfinished("ladders.yaml"), next.ladders());
    write(unfinished("rules.yaml"), next.rules());
    for (String file : FILES) {
      keepRights(folder.resolve(file), unfinished(file));
    }
    disk.syncDirectory(folder);
    write(unfinishedMark(), before);
    disk.rename(unfinishedMark(), folder.resolve(MARK));
    disk.syncDirectory(folder);
    for (String file : FILES) {
      disk.rename(unfinished(file), folder.resolve(file));
    }
    disk.syncDirectory(folder);
    disk.delete(folder.resolve(MARK));
    disk.syncDirectory(folder);
  }

  /**
   * Ends what a power cut left half done; to be called before the files are read at a start. A file
   * that somebody edited since stays as they left it.
   */
  public void finish() throws IOException {
    Path mark = folder.resolve(MARK);
    boolean isMarked = disk.exists(mark);
    List<String> before = isMarked ? Files.readAllLines(mark) : List.of();
    boolean isChanged = disk.exists(unfinishedMark());
    if (isChanged) {
      disk.delete(unfinishedMark());
    }
    for (int i = 0; i < FILES.size(); i++) {
      Path laid = unfinished(FILES.get(i));
      if (!disk.exists(laid)) {
        continue;
      }
      isChanged = true;
      boolean isAsItWas = i < before.size() && hash(text(FILES.get(i))).equals(before.get(i));
      if (isAsItWas) {
        disk.rename(laid, folder.resolve(FILES.get(i)));
        LOG.info("{} of an activation that was cut short is in place now", FILES.get(i));
      } else {
        disk.delete(laid);
        LOG.warn("an activation of {} that was cut short is dropped", FILES.get(i));
      }
    }
    if (isMarked) {
      disk.syncDirectory(folder);
      disk.delete(mark);
    }
    if (isMarked || isChanged) {
      disk.syncDirectory(folder);
    }
  }

  private Path unfinishedMark() {
    return folder.resolve(MARK + ".tmp");
  }

  private Path unfinished(String file) {
    return folder.resolve("." + file + ".activating");
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private void write(Path path, String text) throws IOException {
    if (disk.exists(path)) {
      disk.delete(path);
    }
    try (DiskFile out = disk.create(path)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      out.sync();
    }
  }

  /** Whoever may read and write the old file may the new one. */
  private static void keepRights(Path from, Path to) throws IOException {
    if (Files.getFileStore(from).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
