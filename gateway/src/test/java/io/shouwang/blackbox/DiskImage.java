package io.shouwang.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system in a file, mounted by a loop device, whose power can be cut: what was not synced is
 * gone after that, names too. Needs root, loop devices and the file systems' tools.
 */
final class DiskImage implements AutoCloseable {
  private static final long IMAGE_BYTES = 320L << 20; // the least that mkfs.xfs takes is 300 MiB

  private final Path image;
  private final Path mountPoint;

  private DiskImage(Path image, Path mountPoint) {
    this.image = image;
    this.mountPoint = mountPoint;
  }

  /** Makes and mounts one. Where that can't be done the test is aborted, or fails in CI. */
  static DiskImage make(Path directory, String fileSystem) throws IOException {
    Path image = directory.resolve(fileSystem + ".img");
    Path mountPoint = Files.createDirectories(directory.resolve(fileSystem));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(IMAGE_BYTES);
    }
    need("mkfs." + fileSystem, fileSystem.equals("xfs") ? "-f" : "-F", "-q", image.toString());
    need("mount", "-o", "loop", image.toString(), mountPoint.toString());
    DiskImage disk = new DiskImage(image, mountPoint);
    try {
      need("xfs_io", "-x", "-c", "statfs", mountPoint.toString());
      return disk;
    } catch (AssertionError | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /** Runs what a test can't do without. */
  static void need(String... command) {
    Shell.Result result = Shell.tried(command);
    if (result.exitCode() != 0) {
      String why =
          "this test needs root, loop devices, xfsprogs and e2fsprogs; "
              + String.join(" ", command)
              + " gave "
              + result.exitCode()
              + ": "
              + result.output();
      if ("true".equals(System.getenv("CI"))) {
        fail(why);
      }
      System.out.println("aborted: " + why);
      Assumptions.abort(why);
    }
  }

  Path root() {
    return mountPoint;
  }

  /** Makes durable all that is there, from outside. */
  void sync() {
    Shell.run("sync", "-f", mountPoint.toString());
  }

  /** From this instant nothing reaches the disk any more, and every call fails. */
  void cutPower() {
    Shell.run("xfs_io", "-x", "-c", "shutdown", mountPoint.toString());
  }

  /** The power is back: the file system as its disk has it. */
  void restore() {
    Shell.run("umount", mountPoint.toString());
    Shell.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
  }

  @Override
  public void close() throws IOException {
    Shell.Result result = Shell.tried("umount", mountPoint.toString());
    if (result.exitCode() != 0) {
      assertEquals(0, Shell.tried("umount", "-l", mountPoint.toString()).exitCode());
    }
    Files.delete(image);
  }
}
