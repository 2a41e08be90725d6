package io.shouwang.map;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a {@code Range} header asks of something of known size (RFC 9110, section 14). Pure. */
public sealed interface ByteRange {

  /** No range, or in a unit that nobody knows, which is as if it weren't there. */
  record Whole() implements ByteRange {}

  /** Some of it: both bytes are counted in. */
  record Part(long first, long last) implements ByteRange {
    public long length() {
      return last - first + 1;
    }
  }

  /** Nothing that is there, or several ranges at once, which we don't give. */
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE = Pattern.compile("[ \\t]*([0-9]{0,18})-([0-9]{0,18})[ \\t]*");
  String UNIT = "bytes=";

  /** Reads a header; null for none. */
  static ByteRange of(@Nullable String header, long size) {
    if (header == null || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return new Whole();
    }
    Matcher range = ONE.matcher(header.substring(UNIT.length()));
    if (!range.matches()) {
      return new Unsatisfiable();
    }
    String from = range.group(1);
    String to = range.group(2);
    if (from.isEmpty()) {
      long tail = to.isEmpty() ? 0 : Math.min(Long.parseLong(to), size);
      return tail == 0 ? new Unsatisfiable() : new Part(size - tail, size - 1);
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
    return first > last ? new Unsatisfiable() : new Part(first, last);
  }
}
