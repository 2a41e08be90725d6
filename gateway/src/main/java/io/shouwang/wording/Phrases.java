package io.shouwang.wording;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One language's phrases, by key, with {@code {named}} gaps. Immutable. */
final class Phrases {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final String language;
  private final Map<String, String> texts;

  private Phrases(String language, Map<String, String> texts) {
    this.language = language;
    this.texts = texts;
  }

  static Phrases load(String language) {
    String file = "wording_" + language + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Phrases.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the program");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return new Phrases(language, Map.copyOf(texts));
  }

  /** {@code zh} or {@code en}. */
  String language() {
    return language;
  }

  Set<String> keys() {
    return texts.keySet();
  }

  /** The phrase; a key that isn't there is a mistake of ours, which a test finds. */
  String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("no phrase " + key);
    }
    return text;
  }

  /** The name of something that configuration may extend: what isn't known is its own name. */
  String name(String group, String value) {
    return texts.getOrDefault(group + "." + value, value);
  }

  /**
   * The phrase with its gaps filled, in one pass: what fills a gap is never read for gaps again.
   *
   * @param namesAndValues name, value, name, value, ...
   */
  String text(String key, Object... namesAndValues) {
    String text = text(key);
    StringBuilder filled = new StringBuilder(text.length() + 32);
    int from = 0;
    while (true) {
      int open = text.indexOf('{', from);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (close < 0) {
        return filled.append(text, from, text.length()).toString();
      }
      filled.append(text, from, open);
      filled.append(value(key, text.substring(open + 1, close), namesAndValues));
      from = close + 1;
    }
  }

  private static Object value(String key, String name, Object... namesAndValues) {
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equals(name)) {
        return namesAndValues[i + 1];
      }
    }
    throw new IllegalStateException("nothing to fill {" + name + "} of " + key);
  }

  String joined(Collection<String> parts) {
    return String.join(text("comma"), parts);
  }

  /** A time of day; with its date when that isn't the date of what it is told beside. */
  String time(Instant at, ZoneId zone, @Nullable Instant beside) {
    LocalDate date = at.atZone(zone).toLocalDate();
    boolean sameDay = beside == null || beside.atZone(zone).toLocalDate().equals(date);
    return (sameDay ? TIME : DATE_TIME).format(at.atZone(zone));
  }
}
