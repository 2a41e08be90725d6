package io.shouwang.notify.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExtensionsTest {
  private final Extensions extensions = new Extensions();
  private final Phone daughter = new Phone("+8613800138000");
  private final Phone neighbour = new Phone("+8613900139000");

  @Test
  void digits_lead_back_to_the_message_of_this_number_and_no_other() {
    String digits = extensions.of(daughter, "a.1");
    assertTrue(digits.matches("[0-9]{4}"), digits);
    assertEquals(digits, extensions.of(daughter, "a.1"), "a resend");
    assertEquals("a.1", extensions.key(daughter, "10690" + digits), "behind our own number");
    assertEquals("a.1", extensions.key(daughter, digits));
    assertNull(extensions.key(neighbour, digits));
    assertNull(extensions.key(daughter, ""));
    assertNull(extensions.key(daughter, "123"));
  }

  @Test
  void two_messages_to_one_number_have_two() {
    Set<String> digits = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      digits.add(extensions.of(daughter, "a." + i));
    }
    assertEquals(500, digits.size());
  }
}
