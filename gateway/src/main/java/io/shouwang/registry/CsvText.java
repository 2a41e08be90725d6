package io.shouwang.registry;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What can be wrong with a CSV file before its rows are looked at: its encoding, and a quote that
 * is never closed and would swallow the rows after it.
 */
final class CsvText {
  private CsvText() {}

  /** Where the text begins: after a byte order mark, if there is one. */
  static int begin(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && (bytes[0] & 0xff) == 0xef
            && (bytes[1] & 0xff) == 0xbb
            && (bytes[2] & 0xff) == 0xbf;
    return mark ? 3 : 0;
  }

  /** Whether the rows can be read; if not, the problem says why. */
  static boolean isReadable(String file, byte[] bytes, RowProblems problems) {
    long wrongAt = firstUndecodable(bytes, StandardCharsets.UTF_8);
    if (wrongAt >= 0) {
      boolean utf16 = bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xfe + 0xff;
      boolean chinese = !utf16 && firstUndecodable(bytes, Charset.forName("GB18030")) < 0;
      problems.add(
          file,
          lineOf(bytes, wrongAt),
          "",
          "",
          utf16
              ? "is UTF-16"
              : chinese
                  ? "is not UTF-8 but reads as GB18030 (GBK), as Excel saves it"
                  : "is not UTF-8",
          "save it as \"CSV UTF-8\""
              + (chinese ? " or convert it: iconv -f GB18030 -t UTF-8" : ""));
      return false;
    }
    long unclosed = unclosedQuoteLine(bytes);
    if (unclosed > 0) {
      problems.add(
          file,
          unclosed,
          "",
          "",
          "has a quote that is never closed",
          "close it, or write a quote within a quoted field twice");
      return false;
    }
    return true;
  }

  private static long firstUndecodable(byte[] bytes, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(1 << 14);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isError()) {
        return in.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
      out.clear();
    }
  }

  private static long lineOf(byte[] bytes, long position) {
    long line = 1;
    for (int i = 0; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  /** The line on which a quoted field opens that is still open at the end; 0 if there is none. */
  private static long unclosedQuoteLine(byte[] bytes) {
    boolean quoted = false;
    boolean justClosed = false;
    boolean fieldStart = true;
    long line = 1;
    long openedOn = 0;
    for (int i = begin(bytes); i < bytes.length; i++) {
      byte at = bytes[i];
      if (at == '\n') {
        line++;
      }
      if (quoted) {
        quoted = at != '"';
        justClosed = !quoted;
      } else if (at == '"' && (fieldStart || justClosed)) {
        openedOn = fieldStart ? line : openedOn;
        quoted = true;
        fieldStart = false;
      } else {
        justClosed = false;
        fieldStart = at == ',' || at == '\n' || at == '\r';
      }
    }
    return quoted ? openedOn : 0;
  }
}
