package io.shouwang.notify.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The published rules of each type. */
final class KeywordTest {

  private static String fit(String name, String text) {
    return Keyword.of(name).orElseThrow().fit(text).orElse("(none)");
  }

  @Test
  void each_type_keeps_its_own_length_and_letters() {
    assertEquals("一二三四五六七八九十一二三四五六七八九…", fit("thing1", "一二三四五六七八九十".repeat(3)));
    assertEquals("一行 两行", fit("thing1", "一行\n两行"));
    assertEquals("-", fit("thing1", " "));
    assertEquals("一二三四…", fit("short_thing1", "一二三四五六"));
    assertEquals("一二三四五", fit("phrase2", "一二a，三四五六"));
    assertEquals("(none)", fit("phrase2", "SOS"));
    assertEquals("阿卜杜拉·艾合买提江", fit("name3", "阿卜杜拉·艾合买提江"));
    assertEquals("一二三四五六七八九十", fit("name3", "一二三四五六七八九十一"));
    assertEquals("abcdefghijklmnopqrst", fit("name3", "abcdefghijklmnopqrstuvw1"));
    assertEquals("A-17", fit("character_string4", "A-17 号"));
    assertEquals("x".repeat(32), fit("character_string4", "x".repeat(40)));
    assertEquals("14:02", fit("time5", "今天 14:02"));
    assertEquals("2026-03-01 14:02", fit("time5", "2026-03-01 14:02"));
    assertEquals("(none)", fit("time5", "刚才"));
    assertEquals("2026年3月1日", fit("date6", "2026年3月1日"));
    assertEquals("+86-0766-66888866", fit("phone_number7", "+86-0766-66888866"));
    assertEquals("17", fit("number8", "17 号"));
    assertEquals("(none)", fit("letter9", "号"));
  }

  @Test
  void other_names_are_no_keywords() {
    for (String name : new String[] {"thing", "thing123", "first", "keyword1", "THING1", ""}) {
      assertEquals(Optional.empty(), Keyword.of(name), name);
    }
  }
}
