package io.shouwang.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
  private final RealDisk disk = new RealDisk();

  @TempDir Path temporary = Path.of("");

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void filesAndDirectoriesAreTheOwnersAlone() throws Exception {
    Path directory = temporary.resolve("a/b");
    disk.makeDirectory(directory);
    disk.makeDirectory(directory);
    disk.create(directory.resolve("file")).close();
    disk.lock(directory.resolve("lock")).close();
    assertEquals("rwx------", rights(temporary.resolve("a")));
    assertEquals("rwx------", rights(directory));
    assertEquals("rw-------", rights(directory.resolve("file")));
    assertEquals("rw-------", rights(directory.resolve("lock")));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path path = temporary.resolve("file");
    try (DiskFile file = disk.create(path)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 5);
      file.sync();
      assertEquals(8, file.size());
      file.truncate(7);
    }
    disk.syncDirectory(temporary);
    try (DiskFile file = disk.openReadOnly(path)) {
      ByteBuffer bytes = ByteBuffer.allocate(10);
      assertEquals(2, file.read(bytes, 5));
      assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), bytes.flip());
      assertEquals(-1, file.read(ByteBuffer.allocate(1), 7));
    }
    try (DiskFile file = disk.open(path)) {
      file.write(ByteBuffer.allocateDirect(3), 0);
      assertEquals(7, file.size());
    }
  }

  @Test
  void namesAreMadeOnceRenamedInOneStepAndListedInOrder() throws IOException {
    disk.create(temporary.resolve("b")).close();
    disk.create(temporary.resolve("a")).close();
    assertThrows(FileAlreadyExistsException.class, () -> disk.create(temporary.resolve("a")));
    assertEquals(List.of("a", "b"), disk.list(temporary));
    disk.rename(temporary.resolve("b"), temporary.resolve("a"));
    assertEquals(List.of("a"), disk.list(temporary));
    disk.delete(temporary.resolve("a"));
    assertFalse(disk.exists(temporary.resolve("a")));
    assertThrows(NoSuchFileException.class, () -> disk.open(temporary.resolve("a")));
    assertThrows(NoSuchFileException.class, () -> disk.openReadOnly(temporary.resolve("a")));
    assertEquals(List.of(), disk.list(temporary.resolve("nowhere")));
  }

  @Test
  void theLockIsForOneAndCanBeGivenBack() throws Exception {
    Path path = temporary.resolve("lock");
    AutoCloseable lock = disk.lock(path);
    LockTaken taken = assertThrows(LockTaken.class, () -> disk.lock(path));
    assertTrue(String.valueOf(taken.getMessage()).contains("lock"));
    lock.close();
    disk.lock(path).close();
  }
}
