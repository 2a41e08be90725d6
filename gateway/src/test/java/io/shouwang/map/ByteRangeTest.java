package io.shouwang.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The sentences of RFC 9110, section 14, that concern one range. */
class ByteRangeTest {
  private static final long SIZE = 10_000;

  private static ByteRange of(String header) {
    return ByteRange.of(header, SIZE);
  }

  @Test
  void theExamplesOfTheStandard() {
    assertEquals(new ByteRange.Part(0, 499), of("bytes=0-499"));
    assertEquals(new ByteRange.Part(500, 999), of("bytes=500-999"));
    assertEquals(new ByteRange.Part(9_500, 9_999), of("bytes=-500"));
    assertEquals(new ByteRange.Part(9_500, 9_999), of("bytes=9500-"));
    assertEquals(new ByteRange.Part(0, 0), of("bytes=0-0"));
    assertEquals(new ByteRange.Part(9_999, 9_999), of("bytes=-1"));
  }

  @Test
  void whatReachesBeyondTheEndEndsThere() {
    assertEquals(new ByteRange.Part(0, 9_999), of("bytes=0-16383"));
    assertEquals(new ByteRange.Part(0, 9_999), of("bytes=-20000"));
    assertEquals(500, ((ByteRange.Part) of("bytes= 0-499 ")).length());
    assertEquals(new ByteRange.Part(1, 9_999), of("BYTES=1-999999999999999999"));
  }

  @Test
  void noRangeAndAnUnknownUnitAreTheWhole() {
    assertEquals(new ByteRange.Whole(), ByteRange.of(null, SIZE));
    assertEquals(new ByteRange.Whole(), of("lines=1-2"));
    assertEquals(new ByteRange.Whole(), of(""));
  }

  @Test
  void whatIsNotThereSeveralAndNonsenseAreRefused() {
    for (String header :
        List.of(
            "bytes=10000-",
            "bytes=10000-10001",
            "bytes=5-4",
            "bytes=-0",
            "bytes=-",
            "bytes=",
            "bytes=0-1,3-4",
            "bytes=a-b",
            "bytes=--1",
            "bytes=0x0-1",
            "bytes=99999999999999999999-")) {
      assertEquals(new ByteRange.Unsatisfiable(), of(header), header);
    }
    assertEquals(new ByteRange.Unsatisfiable(), ByteRange.of("bytes=0-0", 0), "an empty file");
  }
}
