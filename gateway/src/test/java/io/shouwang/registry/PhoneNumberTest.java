package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
