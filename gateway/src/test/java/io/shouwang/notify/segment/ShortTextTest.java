package io.shouwang.notify.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.engine.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How texts are lettered, cut and parted, and put together again. */
final class ShortTextTest {
  private static final String LINK = "https://help.example.cn/r/AbC_d-9";

  private static List<String> parts(String text, String link, int most) {
    return ShortText.of(Alphabet.of(text), text, link, most).parts();
  }

  @Test
  void the_bounds_are_those_of_the_standard() {
    assertEquals(1, parts("a".repeat(160), "", 4).size());
    assertEquals(
        List.of(153, 8), parts("a".repeat(161), "", 4).stream().map(String::length).toList());
    assertEquals(1, parts("{".repeat(80), "", 4).size(), "an extended letter is two septets");
    assertEquals(
        List.of(76, 5), parts("{".repeat(81), "", 4).stream().map(String::length).toList());
    assertEquals(1, parts("救".repeat(70), "", 4).size());
    assertEquals(
        List.of(67, 4), parts("救".repeat(71), "", 4).stream().map(String::length).toList());
    String emoji = "🆘".repeat(36);
    assertEquals(List.of(66, 6), parts(emoji, "", 4).stream().map(String::length).toList());
    assertEquals(emoji, String.join("", parts(emoji, "", 4)));
  }

  @Test
  void what_does_not_fit_is_cut_before_the_link() {
    for (int most = 1; most <= ShortText.PARTS_MAX; most++) {
      for (String letter : List.of("救", "🆘", "a", "{")) {
        List<String> parts = parts(letter.repeat(2_000) + "\n" + LINK, LINK, most);
        String whole = String.join("", parts);
        assertTrue(parts.size() <= most, () -> parts.toString());
        assertTrue(whole.contains("…") || whole.contains("..."), whole);
        assertTrue(whole.endsWith(LINK), whole);
        for (String part : parts) {
          assertFalse(Character.isHighSurrogate(part.charAt(part.length() - 1)), part);
        }
        assertTrue(whole.length() > 60, "it says as much as it can");
      }
    }
  }

  @Test
  void a_link_that_leaves_no_room_is_left_out() {
    String longer = LINK + "-and-so-on";
    List<String> parts = parts("救".repeat(200) + "\n" + longer, longer, 1);
    assertEquals(List.of("救".repeat(69) + "…"), parts);
  }

  @Test
  void the_gsm_alphabet_goes_both_ways() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x3000; c++) {
      if (Gsm7.septets(c) > 0) {
        all.append(c);
      }
    }
    assertEquals(127 + 10, all.length());
    assertEquals(all.toString(), Gsm7.decode(Gsm7.encode(all.toString())));
    assertEquals(Alphabet.UCS_2, Alphabet.of("ç"), "only the capital is in it");
    assertEquals("a b", Gsm7.decode(new byte[] {'a', 0x1B, 0x01, 'b', 0x1B}));
  }

  @Test
  void headers_are_read_or_refused() {
    byte[] content = {1, 2, 3};
    Concatenation part = new Concatenation(200, 3, 2);
    byte[] headed = part.before(content);
    Concatenation.Opened opened = Concatenation.open(headed).orElseThrow();
    assertEquals(Optional.of(part), opened.part());
    assertArrayEquals(content, opened.content().bytes());
    byte[] wide = {6, 8, 4, 1, 2, 3, 3, 'x'};
    assertEquals(
        Optional.of(new Concatenation(0x102, 3, 3)), Concatenation.open(wide).orElseThrow().part());
    byte[] ports = {6, 5, 4, 1, 2, 3, 4, 'x'};
    assertEquals(Optional.empty(), Concatenation.open(ports).orElseThrow().part());
    for (byte[] broken :
        List.of(
            new byte[0],
            new byte[] {5, 0, 3, 1, 2},
            new byte[] {5, 0, 9, 1, 2, 1, 'x'},
            new byte[] {5, 0, 3, 1, 2, 3, 'x'},
            new byte[] {5, 0, 3, 1, 0, 0, 'x'},
            new byte[] {1, 0, 'x'})) {
      assertEquals(Optional.empty(), Concatenation.open(broken));
    }
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      byte[] any = new byte[random.nextInt(20)];
      random.nextBytes(any);
      if (any.length > 0) {
        any[0] = (byte) (any[0] & 15);
      }
      Concatenation.open(any).ifPresent(o -> assertTrue(o.content().length() < any.length));
    }
  }

  @Test
  void unfinished_messages_are_few_and_grow_old() {
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    Reassembly reassembly = new Reassembly(clock);
    assertEquals(Optional.empty(), reassembly.add("+1", new Concatenation(1, 2, 2), "b"));
    assertEquals(Optional.empty(), reassembly.add("+2", new Concatenation(1, 2, 1), "x"));
    assertEquals(Optional.of("ab"), reassembly.add("+1", new Concatenation(1, 2, 1), "a"));
    IntStream.range(0, 1_000)
        .forEach(i -> reassembly.add("+9" + i, new Concatenation(i, 2, 1), "flood"));
    assertEquals(Optional.empty(), reassembly.add("+2", new Concatenation(1, 2, 2), "y"));
    assertEquals(
        Optional.empty(), reassembly.add("+3", new Concatenation(1, 200, 1), "too many parts"));
    assertEquals(Optional.of("one"), reassembly.add("+3", new Concatenation(1, 1, 1), "one"));
  }

  @Test
  void pauses_grow_to_their_bound_and_differ() {
    Backoff backoff = new Backoff(Duration.ofSeconds(30), new Random(3));
    long bound = 500;
    for (int i = 0; i < 20; i++) {
      long pause = backoff.pause().toMillis();
      assertTrue(pause >= bound / 2 && pause <= bound, pause + " of " + bound);
      bound = Math.min(30_000, 2 * bound);
    }
    backoff.reset();
    assertTrue(backoff.pause().toMillis() <= 500);
  }

  @Test
  void numbers_are_told_apart() {
    assertEquals("13800000001", MobileNumber.chinese("+8613800000001"));
    assertEquals("", MobileNumber.chinese("+8621000000001"));
    assertEquals("", MobileNumber.chinese("13800000001"));
    for (String said :
        List.of(
            "+8613800000001", "8613800000001", "13800000001", "008613800000001", "013800000001")) {
      assertEquals("+8613800000001", MobileNumber.international(said, "86", false), said);
      assertEquals("+8613800000001", MobileNumber.international(said, "86", true), said);
    }
    assertEquals("+442071838750", MobileNumber.international("442071838750", "86", true));
    assertEquals("+442071838750", MobileNumber.international("02071838750", "44", false));
    assertEquals("", MobileNumber.international("10086; DROP", "86", false));
  }
}
