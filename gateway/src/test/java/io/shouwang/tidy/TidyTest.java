package io.shouwang.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Conventions, each with its remedy. */
final class TidyTest {
  private static final int LINES_MAX = 500;

  /** What may not stand in a source, where, and what to do instead. */
  private record Rule(Pattern forbidden, String where, String exceptIn, String remedy) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Pattern.compile("\\b(TODO|FIXME|XXX)\\b"),
              "src",
              "/tidy/",
              "do it, or write an issue"),
          new Rule(
              Pattern.compile("Thread\\.sleep"),
              "src",
              "/tidy/",
              "wait for a condition, or move a clock"),
          new Rule(
              Pattern.compile("System\\.(out|err)\\b|printStackTrace"),
              "gateway/src/main",
              "/cli/",
              "log it, or print it in a command"),
          new Rule(
              Pattern.compile("@Disabled|assumeTrue\\(false|assertTrue\\(true"),
              "src/test",
              "/tidy/",
              "a test that can't fail or doesn't run is none"),
          new Rule(
              Pattern.compile(
                  "\\b(class|record|interface|enum) \\w*(Util|Utils|Helper|Manager|Impl|Base)\\b"),
              "src",
              "/tidy/",
              "find the noun"),
          new Rule(
              Pattern.compile(
                  "catch \\((Exception|Throwable|IOException|InterruptedException) \\w+\\) \\{\\s*}"),
              "src/main",
              "/tidy/",
              "say what is done about it"));

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(f -> f.toString().matches(".*/src/.*\\.(java|js|css)"))
          .filter(f -> !f.toString().contains("/target/"))
          .toList();
    }
  }

  @Test
  void sources_keep_the_conventions() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      String text = read(source);
      for (Rule rule : RULES) {
        if (source.toString().contains(rule.where())
            && !source.toString().contains(rule.exceptIn())
            && rule.forbidden().matcher(text).find()) {
          found.add(source + ": " + rule.forbidden() + ": " + rule.remedy());
        }
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void no_source_is_longer_than_a_reader_can_hold() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      long lines = read(source).lines().count();
      if (source.toString().contains("src/main") && lines > LINES_MAX) {
        found.add(source + " has " + lines + " lines: it wants a second noun");
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void each_package_says_what_it_is_and_is_checked_for_nulls() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java/io/shouwang"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        Path info = folder.resolve("package-info.java");
        if (!Files.exists(info)
            || !read(info).contains("@NullMarked")
            || !read(info).contains("/**")) {
          found.add(folder + ": package-info.java with a sentence and @NullMarked");
        }
      }
    }
    assertEquals(List.of(), found);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
