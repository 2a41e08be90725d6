package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
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
  private static final Pattern IMPORT =
      Pattern.compile("(?:from |import |import\\()'(\\.{1,2}/[a-z_/-]+\\.js)'");

  private static String text(String file) {
    return new String(PlainRoutes.resource("page/" + file), StandardCharsets.UTF_8);
  }

  private static List<String> files() {
    try (Stream<Path> files = Files.walk(FOLDER, 2)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> modules() {
    return files().stream().filter(name -> name.endsWith(".js")).toList();
  }

  /** The page's own words and those of each room: those of a room begin with its name. */
  private static Map<String, String> words(String language) {
    Map<String, String> words =
        words("words_" + language + ".js", text("words_" + language + ".js"));
    for (String file : files()) {
      if (file.endsWith("/words.js")) {
        String room = file.substring(0, file.indexOf('/'));
        Matcher part =
            Pattern.compile("export const " + language + " = \\{\n(.*?)\n\\};", Pattern.DOTALL)
                .matcher(text(file));
        assertTrue(part.find(), file + " has no " + language);
        words(file, part.group(1))
            .forEach((key, word) -> {
              assertTrue(key.startsWith(room + "."), file + ": " + key);
              assertEquals(null, words.put(key, word), key + " twice");
            });
      }
    }
    return words;
  }

  private static Map<String, String> words(String file, String text) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
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
      if (!module.contains("words")) {
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
    Map<String, String> zh = words("zh");
    Map<String, String> en = words("en");
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
    Set<String> words = words("zh").keySet();
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
  void allFilesAreServedAndAllImportsAreThere() throws Exception {
    try (Site site = new Site()) {
      for (String file : files()) {
        Site.Reply served = site.get("/console/" + file, null);
        assertEquals(200, served.status(), file);
        assertEquals(text(file), served.response().body(), file);
      }
      for (String name :
          List.of(
              "none.js",
              "none/room.js",
              "page.html",
              "%2e%2e%2fpage.html",
              "%2e%2e/page.html",
              "words_zh.js%00",
              "App.js",
              "%2fetc%2fpasswd")) {
        int status = site.get("/console/" + name, null).status();
        assertTrue(status == 404 || status == 400, name + " " + status);
      }
    }
    for (String module : modules()) {
      Path folder = Path.of("/" + module).resolveSibling("");
      IMPORT
          .matcher(text(module))
          .results()
          .map(found -> folder.resolve(found.group(1)).normalize().toString().substring(1))
          .forEach(imported ->
              assertTrue(
                  files().contains(imported) || imported.startsWith("lib/"),
                  module + " imports " + imported));
    }
  }

  @Test
  void eachRoomHasItsDoor() {
    String rooms = text("rooms.js");
    Set<String> listed =
        Pattern.compile("name: '([a-z]+)'")
            .matcher(rooms)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    Set<String> there =
        files().stream()
            .filter(file -> file.endsWith("/room.js"))
            .map(file -> file.substring(0, file.indexOf('/')))
            .collect(Collectors.toSet());
    assertEquals(there, listed);
    for (String room : listed) {
      assertTrue(files().contains(room + "/room.css"), room);
      assertTrue(words("zh").containsKey("room." + room), room);
      assertTrue(text(room + "/room.js").contains("'room-" + room + "'"), room);
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
