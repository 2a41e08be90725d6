package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of what is kept for years: one file for each distilled segment, named by its
 * number. A file is whole or not there. Reading needs no lock; one thread at a time.
 */
public final class Archive {
  static final String SUFFIX = ".archive";

  private final Disk disk;
  private final Path directory;
  private final BatchCursor.Window window = new BatchCursor.Window();

  public Archive(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /**
   * All archive files, oldest first.
   *
   * @throws JournalCorrupt if a file's header is damaged
   */
  public List<ArchiveInfo> list() throws IOException {
    List<ArchiveInfo> infos = new ArrayList<>();
    for (String name : disk.list(directory)) {
      if (name.endsWith(SUFFIX)) {
        Path path = directory.resolve(name);
        try (DiskFile file = disk.openReadOnly(path)) {
          infos.add(header(path, new BatchCursor(path, file, window)).info(path));
        }
      }
    }
    return infos;
  }

  /**
   * Shows what is kept of each batch of an archive file, in order, with the sequences they had.
   *
   * @throws JournalCorrupt with file and offset, if anything is damaged or missing
   */
  public ArchiveInfo read(Path path, BatchVisitor visitor) throws IOException {
    try (DiskFile file = disk.openReadOnly(path)) {
      BatchCursor cursor = new BatchCursor(path, file, window);
      ArchiveHeader header = header(path, cursor);
      cursor.seek(ArchiveHeader.BYTES);
      BatchHash previous = header.previous();
      long sequence = header.firstSequence() - 1;
      for (int i = 0; i < header.batches(); i++) {
        if (!cursor.read()
            || cursor.journalId() != header.journalId()
            || cursor.sequence() <= sequence
            || cursor.sequence() > header.lastSequence()
            || !cursor.previous().equals(previous)) {
          throw new JournalCorrupt(
              path,
              cursor.position(),
              "archived batch " + (i + 1) + " of " + header.batches() + " is damaged or missing");
        }
        sequence = cursor.sequence();
        previous = cursor.hash();
        visitor.batch(sequence, cursor.body());
        cursor.advance();
      }
      if (cursor.position() != header.fileBytes() || file.size() != header.fileBytes()) {
        throw new JournalCorrupt(
            path,
            cursor.position(),
            "the archive was made with " + header.fileBytes() + " bytes and has " + file.size());
      }
      return header.info(path);
    }
  }

  /** Deletes a file for good, to make room or because its time is over. */
  public void delete(ArchiveInfo info) throws IOException {
    disk.delete(info.file());
    disk.syncDirectory(directory);
  }

  private ArchiveHeader header(Path path, BatchCursor cursor) throws IOException {
    ArchiveHeader header = cursor.archiveHeader();
    if (header == null) {
      throw new JournalCorrupt(path, 0, "the archive's header is damaged");
    }
    return header;
  }
}
