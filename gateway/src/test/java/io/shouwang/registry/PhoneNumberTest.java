package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as offices write them, as networks want them. */
final class PhoneNumberTest {
  @ParameterizedTest
  @CsvSource({
    "138 0000 0000, +8613800000000",
    "+86 138-0000-0000, +8613800000000",
    "8613800000000, +8613800000000",
    "0086 13800000000, +8613800000000",
    "0513-8555 0101, +8651385550101",
    "(0513) 85550101, +8651385550101",
    "+44 20 7946 0958, +442079460958",
    "000-5550-0101, ''",
    "12345, ''",
    "+1234567890123456, ''",
    "call me, ''",
    "'', ''"
  })
  void oneFormForAll(String written, String normal) {
    assertEquals(normal, PhoneNumber.normal(written));
  }

  @ParameterizedTest
  @CsvSource({
    "000-5550-0101, 00055500101",
    "0513-8555 0101, +8651385550101",
    "013800000000, +8613800000000",
    "008613800000000, +8613800000000",
    "8001, ''",
    "anonymous, ''",
    "<b>13800000000</b>, ''"
  })
  void whatIsNoNetworksNumberIsComparedByItsDigits(String written, String comparable) {
    assertEquals(comparable, PhoneNumber.comparable(written));
  }

  @Test
  void noLengthOfANumberIsTooMuch() {
    assertEquals("", PhoneNumber.comparable("1".repeat(1_000)));
    assertEquals("", PhoneNumber.comparable("+" + "1".repeat(1_000_000)));
    assertEquals("", PhoneNumber.comparable("١٣٨٠٠٠٠٠٠٠٠"));
  }
}
