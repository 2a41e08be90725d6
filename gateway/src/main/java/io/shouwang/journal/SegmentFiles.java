package io.shouwang.journal;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How the files of a journal are named. */
final class SegmentFiles {
  static final String LOCK = "lock";
  private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{16}\\.seg");
  private static final String PREPARING = ".preparing";

  private SegmentFiles() {}

  static Path segment(Path directory, long number) {
    return directory.resolve(HexFormat.of().toHexDigits(number) + ".seg");
  }

  /** What is kept of a segment. */
  static Path archive(Path directory, long number) {
    return directory.resolve(HexFormat.of().toHexDigits(number) + Archive.SUFFIX);
  }

  /** An archive file that isn't whole yet. */
  static Path archiving(Path directory, long number) {
    return directory.resolve(HexFormat.of().toHexDigits(number) + ".archiving");
  }

  /** A segment that isn't whole yet, so never one to read. */
  static Path preparing(Path directory, long number) {
    return directory.resolve(HexFormat.of().toHexDigits(number) + PREPARING);
  }

  static boolean isPreparing(String name) {
    return name.endsWith(PREPARING);
  }

  static OptionalLong number(String name) {
    return SEGMENT.matcher(name).matches()
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(name, 0, 16))
        : OptionalLong.empty();
  }
}
