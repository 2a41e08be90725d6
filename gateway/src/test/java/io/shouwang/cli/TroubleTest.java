package io.shouwang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** A file's name alone is no message. */
final class TroubleTest {
  @Test
  void whatIsWrongStandsBesideTheName() {
    assertEquals(
        "data/lock: permission denied; is it another user's?",
        Trouble.of(new AccessDeniedException("data/lock")));
    assertEquals("data/x isn't there", Trouble.of(new NoSuchFileException("data/x")));
    assertEquals(
        "data can't be used: FileAlreadyExistsException",
        Trouble.of(new FileAlreadyExistsException("data")));
    assertEquals("in words", Trouble.of(new IOException("in words")));
    assertEquals("java.io.IOException", Trouble.of(new IOException()));
  }
}
