package io.shouwang.notify.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CutTest {

  @Test
  void every_length_is_kept_and_no_character_halved() {
    String text = "a林é🚑秀英🏠b".repeat(3);
    for (int most = 0; most < 70; most++) {
      String bytes = Cut.bytes(text, most);
      assertTrue(bytes.getBytes(StandardCharsets.UTF_8).length <= most, bytes);
      String characters = Cut.characters(text, most);
      assertTrue(characters.length() <= most, characters);
      for (String cut : new String[] {bytes, characters, Cut.whole(text, most)}) {
        assertFalse(
            cut.codePoints()
                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE),
            cut);
      }
    }
    assertEquals(text, Cut.bytes(text, 1_000));
    assertEquals("a林…", Cut.bytes(text, 7));
    assertEquals("a林é…", Cut.characters(text, 5));
  }

  @Test
  void the_link_stays_whole_when_the_text_is_cut() {
    String cut = Cut.message("急", "字".repeat(3_000) + "\nhttps://a.cn/x", "https://a.cn/x", 2_048);
    assertTrue(cut.endsWith("…\nhttps://a.cn/x"), cut.substring(cut.length() - 30));
    assertTrue(cut.getBytes(StandardCharsets.UTF_8).length > 2_040);
    assertTrue(cut.getBytes(StandardCharsets.UTF_8).length <= 2_048);
  }

  @Test
  void a_name_can_make_neither_link_nor_mention() {
    assertEquals("［点我］(http：//x) ＜＠all＞", Cut.plain("[点我](http://x) <@all>"));
    assertEquals("＆lt;at user_id=\"all\"＆gt; ＼［a", Cut.plain("&lt;at user_id=\"all\"&gt; \\[a"));
    assertEquals("12:30 3:4", Cut.plain("12:30 3:4"), "a time stays one");
    assertEquals("［a］＊b＊｀c｀＃", Cut.plain("[a]*b*`c`#"));
  }
}
