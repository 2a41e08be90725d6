package io.shouwang.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in words: the system's own exceptions say no more than the file's name. */
final class Trouble {
  private Trouble() {}

  static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException denied ->
          denied.getFile() + ": permission denied; is it another user's?";
      case NoSuchFileException missing -> missing.getFile() + " isn't there";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + " can't be used: " + other.getClass().getSimpleName();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
