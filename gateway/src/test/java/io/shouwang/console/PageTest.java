package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page's files, read and not run: words in both languages, and no way for a text to be code.
 */
class PageTest {
  private static final Path FOLDER = Path.of("src/main/resources/io/shouwang/console/page");
  private static final Pattern WORD = Pattern.compile("^ {2}'([a-z0-9_.]+)': '([^']*)',$");
  private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");

  /** t('key' …) and word('group', …). */
  private static final Pattern ASKED = Pattern.compile("\\bt\\('([a-z0-9_.]+)'");

  private static final Pattern GROUP =
      Pattern.compile("\\bword\\('([a-z0-9_]+)'|[`]([a-z0-9_.]+)\\.\\$\\{");
  private static final Pattern NAMED = Pattern.compile("'([a-z0-9_]+\\.[a-z0-9_.]+)'");
  private static final Pattern IMPORT = Pattern.compile("(?:from|import) '\\./([a-z_-]+\\.js)'");

  private static String text(String file) {
    return new String(PlainRoutes.resource("page/" + file), StandardCharsets.UTF_8);
  }

  private static List<String> modules() {
    return ConsoleFiles.NAMES.stream().filter(name -> name.endsWith(".js")).toList();
  }

  private static Map<String, String> words(String file) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String line : text(file).lines().toList()) {
      Matcher word = WORD.matcher(line);
      if (word.matches()) {
        assertEquals(null, words.put(word.group(1), word.group(2)), word.group(1) + " twice");
      } else {
        assertFalse(line.startsWith(" "), file + ": " + line);
      }
    }
    return words;
  }

  private static Set<String> gaps(String text) {
    return GAP.matcher(text).results().map(gap -> gap.group(1)).collect(Collectors.toSet());
  }

  private static Set<String> asked(Pattern pattern) {
    Set<String> asked = new TreeSet<>();
    for (String module : modules()) {
      if (!module.startsWith("words")) {
        pattern
            .matcher(text(module))
            .results()
            .forEach(found -> {
              String first = found.group(1);
              asked.add(first == null ? found.group(2) : first);
            });
      }
    }
    return asked;
  }

  @Test
  void bothLanguagesHaveTheSameWordsWithTheSameGaps() {
    Map<String, String> zh = words("words_zh.js");
    Map<String, String> en = words("words_en.js");
    assertTrue(zh.size() > 150, "words are read");
    assertEquals(zh.keySet(), en.keySet());
    zh.forEach((key, text) -> {
      String english = en.getOrDefault(key, "");
      assertEquals(gaps(text), gaps(english), key);
      assertFalse(text.isBlank() || english.isBlank(), key);
    });
  }

  @Test
  void noModuleAsksForAWordThatIsNotThereAndNoWordIsLeftOver() {
    Set<String> words = words("words_zh.js").keySet();
    Set<String> asked = asked(ASKED);
    assertTrue(asked.size() > 80, "calls are found");
    List<String> wrong = new ArrayList<>();
    asked.stream().filter(key -> !words.contains(key)).forEach(key -> wrong.add("missing " + key));
    Set<String> groups = asked(GROUP);
    for (String group : groups) {
      if (words.stream().noneMatch(word -> word.startsWith(group + "."))) {
        wrong.add("no word of " + group);
      }
    }
    Set<String> named = asked(NAMED);
    words.stream()
        .filter(word -> !asked.contains(word) && !named.contains(word))
        .filter(word -> groups.stream().noneMatch(group -> word.startsWith(group + ".")))
        .forEach(word -> wrong.add("nobody says " + word));
    assertEquals(List.of(), wrong);
  }

  @Test
  void allFilesOfTheFolderAreServedAndAllImportsAreThere() throws Exception {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          files.map(file -> String.valueOf(file.getFileName())).sorted().toList(),
          ConsoleFiles.NAMES.stream().sorted().toList());
    }
    for (String module : modules()) {
      IMPORT
          .matcher(text(module))
          .results()
          .forEach(found ->
              assertTrue(ConsoleFiles.NAMES.contains(found.group(1)), module + found.group(1)));
    }
  }

  @Test
  void noTextBecomesMarkupOrCode() {
    Pattern forbidden =
        Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|"
                + "setAttribute\\('(?:style|on)|createContextualFragment|https?://|//[a-z]+\\.");
    for (String module : modules()) {
      Matcher found = forbidden.matcher(text(module));
      assertFalse(found.find(), () -> module + " has " + found.group());
    }
    String page = new String(PlainRoutes.resource("page.html"), StandardCharsets.UTF_8);
    assertFalse(page.contains("style="), "no inline style");
    assertFalse(
        Pattern.compile("<script(?![^>]*\\bsrc=)").matcher(page).find(), "no inline script");
    assertFalse(Pattern.compile("\\bon[a-z]+=").matcher(page).find(), "no inline listener");
  }
}
