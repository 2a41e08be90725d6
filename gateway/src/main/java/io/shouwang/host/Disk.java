package io.shouwang.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file system, as far as durable state needs it. Nothing is durable until a sync says so: a
 * file's bytes after {@link DiskFile#sync}, its name after {@link #syncDirectory}.
 */
public interface Disk {

  /**
   * Opens an existing file for reading and writing.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  DiskFile open(Path file) throws IOException;

  /** Opens an existing file for reading alone; needs no right to write it. */
  DiskFile openReadOnly(Path file) throws IOException;

  /** Makes a new file, readable by the owner alone; fails if it exists. */
  DiskFile create(Path file) throws IOException;

  /** Replaces the target by the source in one step. */
  void rename(Path source, Path target) throws IOException;

  void delete(Path file) throws IOException;

  boolean exists(Path file) throws IOException;

  /** The names in a directory, sorted; empty if there is no such directory. */
  List<String> list(Path directory) throws IOException;

  /**
   * Makes a directory and its parents, readable by the owner alone, and their names durable;
   * nothing if it is there.
   */
  void makeDirectory(Path directory) throws IOException;

  /** Makes the names in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /**
   * Takes the lock that keeps a second process out; closing gives it back.
   *
   * @throws LockTaken at once if it is taken
   */
  AutoCloseable lock(Path file) throws IOException;
}
