package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.Resemblance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Text from outside in a message, and the word somebody meant. */
class WordsTest {

  @Test
  void nothingFromOutsideCanForgeALine() {
    assertEquals("a\\u000ab\\u001b[0m桃", Escaped.line("a\nb\u001b[0m桃"));
    assertEquals("\\u2028\\u202e\\u200b\\ud800", Escaped.line("\u2028\u202e\u200b\ud800"));
    assertEquals("\"a\\\"b\"", Escaped.quoted("a\"b"));
    assertEquals("\"" + "😀".repeat(60) + "…\"", Escaped.quoted("😀".repeat(61)));
  }

  @Test
  void theClosestWordIsTheOneMeant() {
    List<String> known = List.of("relative", "neighbour", "port", "host");
    assertEquals(Optional.of("relative"), Resemblance.closest("realtive", known));
    assertEquals(Optional.of("neighbour"), Resemblance.closest("Neighbor", known));
    assertEquals(Optional.of("port"), Resemblance.closest("prot", known));
    assertEquals(Optional.empty(), Resemblance.closest("completely", known));
    assertEquals(Optional.empty(), Resemblance.closest("x".repeat(10_000), known));
    assertEquals("known are: relative, neighbour, port, host", Resemblance.hint("zzz", known));
  }

  @Test
  void distanceCountsASwapOfNeighboursAsOne() {
    assertEquals(0, Resemblance.distance("abc", "abc"));
    assertEquals(1, Resemblance.distance("abc", "acb"));
    assertEquals(1, Resemblance.distance("abc", "abcd"));
    assertEquals(3, Resemblance.distance("", "abc"));
  }
}
