package io.shouwang;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.host.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A disk whose power goes before some step that changes something. */
final class FailingDisk implements Disk {
  private final RealDisk disk = new RealDisk();
  private int left;

  /** The power went. */
  static final class Cut extends IOException {
    private static final long serialVersionUID = 1;
  }

  FailingDisk(int steps) {
    this.left = steps;
  }

  private void step() throws Cut {
    if (left-- <= 0) {
      throw new Cut();
    }
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return disk.open(file);
  }

  @Override
  public DiskFile openReadOnly(Path file) throws IOException {
    return disk.openReadOnly(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    step();
    return disk.create(file);
  }

  @Override
  public void rename(Path source, Path target) throws IOException {
    step();
    disk.rename(source, target);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    disk.delete(file);
  }

  @Override
  public boolean exists(Path file) throws IOException {
    return disk.exists(file);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    step();
    disk.makeDirectory(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step();
    disk.syncDirectory(directory);
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    return disk.lock(file);
  }
}
