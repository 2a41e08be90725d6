package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk that syncs less, or later, than it is told: each stands for a mistake in the journal's
 * care. A test of durability that passes on one of them is no test.
 */
enum DurabilityMutant {
  /** A sync happens with the next write only: the acknowledgement goes out before it. */
  ACKNOWLEDGED_BEFORE_SYNC,
  /** Every other sync of a file is left out. */
  EVERY_OTHER_SYNC,
  /** The first sync of each file is left out: a segment made ahead, or a new one's first batch. */
  NO_FIRST_SYNC,
  /** A batch is written after its sync. */
  WRITTEN_AFTER_SYNC,
  /** A file that was there at the start isn't synced: the segment that a restart goes on with. */
  NO_SYNC_AFTER_RESTART;

  /** The disk with the mistake. */
  Disk before(Disk disk) {
    return new Mistaken(disk);
  }

  private final class Mistaken implements Disk {
    private final Disk disk;

    Mistaken(Disk disk) {
      this.disk = disk;
    }

    @Override
    public DiskFile open(Path file) throws IOException {
      return new MistakenFile(disk.open(file), false);
    }

    @Override
    public DiskFile openReadOnly(Path file) throws IOException {
      return disk.openReadOnly(file);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
      return new MistakenFile(disk.create(file), true);
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
    public boolean exists(Path file) throws IOException {
      return disk.exists(file);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
      return disk.list(directory);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
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

  private final class MistakenFile implements DiskFile {
    private final DiskFile file;
    private final boolean created;
    private int syncs;
    private boolean owesSync;
    private ByteBuffer late = ByteBuffer.allocate(0);
    private long lateAt;

    MistakenFile(DiskFile file, boolean created) {
      this.file = file;
      this.created = created;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      writeLate();
      return file.read(target, position);
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      if (owesSync) {
        owesSync = false;
        file.sync();
      }
      writeLate();
      if (DurabilityMutant.this == WRITTEN_AFTER_SYNC) {
        late = ByteBuffer.allocate(source.remaining()).put(source).flip();
        lateAt = position;
      } else {
        file.write(source, position);
      }
    }

    private void writeLate() throws IOException {
      if (late.hasRemaining()) {
        file.write(late, lateAt);
      }
    }

    @Override
    public void sync() throws IOException {
      syncs++;
      switch (DurabilityMutant.this) {
        case ACKNOWLEDGED_BEFORE_SYNC -> owesSync = true;
        case EVERY_OTHER_SYNC -> {
          if (syncs % 2 == 0) {
            file.sync();
          }
        }
        case NO_FIRST_SYNC -> {
          if (syncs > 1) {
            file.sync();
          }
        }
        case WRITTEN_AFTER_SYNC -> {
          file.sync();
          writeLate();
        }
        case NO_SYNC_AFTER_RESTART -> {
          if (created) {
            file.sync();
          }
        }
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      writeLate();
      file.truncate(size);
    }

    @Override
    public long size() throws IOException {
      writeLate();
      return file.size();
    }

    @Override
    public void close() throws IOException {
      writeLate();
      file.close();
    }
  }
}
