package io.shouwang.notify.wecom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CardTest {

  @Test
  void a_task_is_written_in_allowed_letters_and_leads_back_to_its_delivery() {
    assertEquals("01J-x_9@12", Card.task("01J-x_9.12"));
    assertEquals("01J-x_9.12", Card.key("01J-x_9@12"));
    String strange = Card.task("急.1");
    assertTrue(strange.matches("[A-Za-z0-9_@-]{1,128}"), strange);
    assertNull(Card.key(strange));
    assertNotEquals(strange, Card.task("急.2"));
    assertTrue(Card.task("a".repeat(200) + ".1").length() <= 128);
  }

  @Test
  void only_our_buttons_are_buttons() {
    assertEquals(Card.Button.SPOKE, Card.Pressed.of("en.spoke").orElseThrow().button());
    assertTrue(Card.Pressed.of("spoke").isEmpty());
    assertTrue(Card.Pressed.of("zh.done").isEmpty());
  }
}
