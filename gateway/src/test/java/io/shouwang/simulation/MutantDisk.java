package io.shouwang.simulation;

import io.shouwang.alerts.Fact;
import io.shouwang.engine.Decided;
import io.shouwang.engine.EngineWitness;
import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.journal.PlatterTail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The disk; for one mutant, with an eye on what is written, before it is synced. */
final class MutantDisk implements Disk {
  private final SimulatedDisk disk;
  private final Mutant mutant;
  private final Story story;

  MutantDisk(SimulatedDisk disk, Mutant mutant, Story story) {
    this.disk = disk;
    this.mutant = mutant;
    this.story = story;
  }

  private DiskFile watched(DiskFile file) {
    if (mutant != Mutant.EARLY_RING) {
      return file;
    }
    return new DiskFile() {
      @Override
      public void write(ByteBuffer source, long position) throws IOException {
        ByteBuffer body = PlatterTail.body(source);
        if (body.hasRemaining()) {
          for (Decided record : EngineWitness.records(body)) {
            for (Fact fact : record.facts()) {
              if (fact instanceof Fact.DeliveryStarted started) {
                story.gateway().ringNow(started);
              }
            }
          }
        }
        file.write(source, position);
      }

      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
      }

      @Override
      public void sync() throws IOException {
        file.sync();
      }

      @Override
      public void truncate(long size) throws IOException {
        file.truncate(size);
      }

      @Override
      public long size() throws IOException {
        return file.size();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return watched(disk.open(file));
  }

  @Override
  public DiskFile openReadOnly(Path file) throws IOException {
    return disk.openReadOnly(file);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return watched(disk.create(file));
  }

  @Override
  public void rename(Path source, Path target) throws IOException {
    disk.rename(source, target);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public boolean exists(Path file) {
    return disk.exists(file);
  }

  @Override
  public List<String> list(Path directory) {
    return disk.list(directory);
  }

  @Override
  public void makeDirectory(Path directory) {
    disk.makeDirectory(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    return disk.lock(file);
  }
}
