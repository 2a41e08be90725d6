package io.shouwang.notify.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Notice.Field;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.YamlFile;
import io.shouwang.yaml.YamlSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TemplatesTest {
  private static final Template.Form NAMED = new Template.Form("SMS_[0-9]+", "SMS_1", true);
  private static final Template.Form PLACED = new Template.Form("[0-9]+", "1110", false);
  private static final String DOOR = "幸福里小区三号楼二单元六层六零一室东户";

  private final List<ConfigProblem> problems = new ArrayList<>();

  private Optional<Templates> read(String yaml, Template.Form form, int most) {
    YamlSection section = YamlFile.read("channels.yaml", yaml, problems);
    Optional<Templates> templates = Templates.read(section, form, Set.of(Purpose.RING), most);
    section.done();
    return templates;
  }

  private Templates placed(String parameters) {
    String yaml =
        "templates:\n  zh:\n    ring:\n      template: 1\n      parameters: " + parameters;
    Templates templates = read(yaml, PLACED, 12).orElseThrow(() -> new AssertionError(problems));
    assertEquals(List.of(), problems);
    return templates;
  }

  private static List<String> said(Templates templates, Notice notice) {
    return templates.fill(notice).orElseThrow().inOrder();
  }

  private static Notice ring(Map<Field, String> fields) {
    return Told.notice(Told.MOBILE, Purpose.RING, false, "zh", fields);
  }

  @Test
  void a_field_that_is_named_again_goes_on_where_it_was_cut() {
    Templates templates = placed("[kind, place, place, place | 。]");
    assertEquals(
        List.of("跌倒", "幸福里小区三号楼二单元六", "层六零一室东户", "。"),
        said(templates, ring(Map.of(Field.KIND, "跌倒", Field.PLACE, DOOR))));
    assertEquals(
        List.of("跌倒", "幸福里", "-", "。"),
        said(templates, ring(Map.of(Field.KIND, "跌倒", Field.PLACE, "幸福里"))));
  }

  @Test
  void a_gap_is_never_left_empty_and_never_more_than_a_line() {
    Templates templates = placed("[kind, coming | 尚无人, elder]");
    assertEquals(List.of("-", "尚无人", "-"), said(templates, ring(Map.of())));
    assertEquals(
        List.of("烟 雾", "（王芳）", "-"),
        said(templates, ring(Map.of(Field.KIND, "烟\n雾", Field.COMING, "【王芳】"))));
  }

  @Test
  void no_character_is_halved() {
    Templates templates = placed("[kind, place, place]");
    String rare = "一二三四五六七八九十一𠮷二";
    List<String> said = said(templates, ring(Map.of(Field.KIND, "x", Field.PLACE, rare)));
    assertEquals(rare, said.get(1) + said.get(2));
    assertEquals(11, said.get(1).length());
  }

  @Test
  void an_exercise_says_so_in_its_kind() {
    String yaml =
        """
        templates:
          zh: {ring: {template: SMS_1, parameters: {a: kind}}}
          en: {ring: {template: SMS_2, parameters: {a: kind}}}
        """;
    Templates templates = read(yaml, NAMED, 35).orElseThrow();
    Map<Field, String> fields = Map.of(Field.KIND, "SOS");
    assertEquals(
        Optional.of(new Templates.Filled("SMS_1", Map.of("a", "演习 SOS"))),
        templates.fill(Told.notice(Told.MOBILE, Purpose.RING, true, "zh", fields)));
    assertEquals(
        Optional.of(new Templates.Filled("SMS_2", Map.of("a", "Drill: SOS"))),
        templates.fill(Told.notice(Told.MOBILE, Purpose.RING, true, "en", fields)));
    assertEquals(
        Optional.of(new Templates.Filled("SMS_1", Map.of("a", "测试 SOS"))),
        templates.fill(Told.notice(Told.MOBILE, Purpose.TEST, true, "zh", fields)));
    assertEquals(
        Optional.empty(),
        templates.fill(Told.notice(Told.MOBILE, Purpose.NEWS, false, "zh", fields)));
  }

  @Test
  void a_language_that_is_not_there_is_spoken_for_by_chinese() {
    Templates templates = placed("[kind]");
    Notice notice = Told.notice(Told.MOBILE, Purpose.RING, true, "en", Map.of(Field.KIND, "SOS"));
    assertEquals(List.of("演习 SOS"), said(templates, notice));
  }

  private void mistake(String templates, String... expected) {
    problems.clear();
    assertEquals(Optional.empty(), read("templates:\n" + templates, NAMED, 35));
    List<String> said = problems.stream().map(ConfigProblem::toString).toList();
    assertEquals(expected.length, said.size(), said.toString());
    for (int i = 0; i < expected.length; i++) {
      assertTrue(said.get(i).contains(expected[i]), said.get(i) + " lacks " + expected[i]);
    }
  }

  @Test
  void mistakes_are_named_with_their_places() {
    mistake("  en: {ring: {template: SMS_1, parameters: {a: kind}}}", "templates.zh is missing");
    mistake(
        "  zh: {news: {template: SMS_1, parameters: {a: kind}}}", "templates.zh.ring is missing");
    mistake(
        "  zh: {ring: {template: TTS_1, parameters: {a: kind}}}",
        "templates.zh.ring.template is missing or none; write the approved template's code");
    mistake(
        "  zh: {ring: {template: SMS_1, parameters: {a: kind, b: plaice}}}",
        "templates.zh.ring.parameters.b is \"plaice\", which is no field");
    mistake("  zh: {ring: {template: SMS_1, parameters: {a: place}}}", "has no kind");
    mistake(
        """
          zh:
            ring: {template: SMS_1, parameters: {a: kind}}
            verify: {template: SMS_2, parameters: {a: kind}}
        """,
        "has no code");
    mistake(
        "  zh: {ring: {template: SMS_1, parameters: {a: kind, b: why, c: link, d: link_token}}}",
        "somebody's health",
        "may hold no link",
        "a link that was cut leads nowhere");
    mistake(
        "  zh: {ring: {template: SMS_1, parameters: {a: kind, '1': place}}}", "is no parameter");
    mistake(
        "  zh: {ring: {template: SMS_1, parameters: {a: kind, b: 'place | "
            + "一".repeat(36)
            + "'}}}",
        "shorten it to 35 characters");
    mistake(
        "  zh: {ring: {template: SMS_1, paramters: {a: kind}}, nws: {}}",
        "there is no setting \"templates.zh.ring.paramters\"",
        "there is no setting \"templates.zh.nws\"");
  }

  @Test
  void a_granted_length_makes_room_for_a_link_token() {
    String yaml =
        "max_length: 160\n"
            + "templates: {zh: {ring: {template: SMS_1, parameters: {a: kind, b: link_token}}}}";
    assertTrue(read(yaml, NAMED, 35).isPresent(), problems.toString());
  }
}
