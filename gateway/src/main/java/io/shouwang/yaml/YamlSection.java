package io.shouwang.yaml;

import io.shouwang.model.Identity;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys and values of one mapping in a YAML file. A value that is missing or wrong is answered
 * with its default, and a wrong one is a {@link ConfigProblem} as well: reading goes on, so that
 * one mistake never hides the next. One thread.
 */
public final class YamlSection {
  private final String file;
  private final String path;
  private final @Nullable Mark mark;
  private final List<ConfigProblem> problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private record Entry(Mark key, Node value) {}

  /**
   * A text and where it stands.
   *
   * @param firstColumn of its first character, from 0, if the file has it as it is on one line; -1
   *     if it is folded or escaped, -2 if it stands as it is on the lines below
   */
  public record Placed(String text, Mark mark, int firstColumn) {
    private static final int FOLDED = -1;
    private static final int LINES_BELOW = -2;

    public static Placed of(ScalarNode scalar) {
      Mark start = scalar.getStartMark();
      Mark end = scalar.getEndMark();
      String text = scalar.getValue();
      int quote = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN ? 0 : 1;
      int length = text.codePointCount(0, text.length());
      boolean isVerbatim =
          start.getLine() == end.getLine()
              && end.getColumn() - start.getColumn() == length + 2 * quote;
      boolean isBelow = scalar.getScalarStyle() == DumperOptions.ScalarStyle.LITERAL;
      return new Placed(
          text, start, isVerbatim ? start.getColumn() + quote : isBelow ? LINES_BELOW : FOLDED);
    }

    /**
     * The line in the file, from 1, of a place in the text.
     *
     * @param textLine from 1
     */
    public int line(int textLine) {
      return mark.getLine() + 1 + (firstColumn == LINES_BELOW ? textLine : 0);
    }

    /** The column in the file, from 1; 0 when not known. */
    public int column(int textColumn) {
      return firstColumn >= 0
          ? firstColumn + textColumn
          : firstColumn == FOLDED ? mark.getColumn() + 1 : 0;
    }
  }

  private YamlSection(String file, String path, @Nullable Mark mark, List<ConfigProblem> problems) {
    this.file = file;
    this.path = path;
    this.mark = mark;
    this.problems = problems;
  }

  public static YamlSection absent(String file, List<ConfigProblem> problems) {
    return new YamlSection(file, "", null, problems);
  }

  public static YamlSection of(
      String file, String path, MappingNode mapping, List<ConfigProblem> problems) {
    YamlSection section = new YamlSection(file, path, mapping.getStartMark(), problems);
    for (NodeTuple tuple : mapping.getValue()) {
      section.enter(tuple);
    }
    return section;
  }

  private void enter(NodeTuple tuple) {
    Mark at = tuple.getKeyNode().getStartMark();
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      report(at, "a key must be one word", "write it as key: value");
      return;
    }
    Entry first = entries.putIfAbsent(key.getValue(), new Entry(at, tuple.getValueNode()));
    if (first != null) {
      report(
          at,
          named(key.getValue()) + " is given twice",
          "keep one of them (the other is on line " + (first.key().getLine() + 1) + ")");
    }
  }

  public boolean isPresent() {
    return mark != null;
  }

  public boolean has(String key) {
    Entry entry = entries.get(key);
    return entry != null && !isNull(entry.value());
  }

  /** Mistakes found so far: lets a reader leave a check aside whose ground is already in doubt. */
  public int problemCount() {
    return problems.size();
  }

  /** The keys as written, in order. */
  public Set<String> keys() {
    return entries.keySet();
  }

  /** Where a key stands; null if it isn't there. */
  public @Nullable Mark markOf(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.key();
  }

  /** The same keys and values, to be read again, for others to hear of the mistakes. */
  public YamlSection again(List<ConfigProblem> others) {
    YamlSection copy = new YamlSection(file, path, mark, others);
    copy.entries.putAll(entries);
    return copy;
  }

  /** Reports a mistake at this section's beginning. */
  public void report(String what, String remedy) {
    report(mark, what, remedy);
  }

  /** Reports a mistake at a key of this section. */
  public void reportAt(String key, String what, String remedy) {
    Entry entry = entries.get(key);
    report(entry == null ? mark : entry.value().getStartMark(), what, remedy);
  }

  public void report(@Nullable Mark at, String what, String remedy) {
    problems.add(
        new ConfigProblem(
            file,
            at == null ? 0 : at.getLine() + 1,
            at == null ? 0 : at.getColumn() + 1,
            what,
            remedy));
  }

  /** Reports a mistake at a place within a text, and shows the place. */
  public void report(Placed text, int line, int column, String what, String remedy) {
    List<String> lines = text.text().lines().toList();
    String shown = line <= lines.size() ? lines.get(line - 1) : "";
    problems.add(
        new ConfigProblem(
            file,
            text.line(line),
            text.column(column),
            what,
            remedy,
            ConfigProblem.caret(shown, column)));
  }

  /** A key's full name: {@code mqtt.tls.port}. */
  public String named(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  public YamlSection section(String key) {
    Entry entry = take(key);
    if (entry != null && entry.value() instanceof MappingNode mapping) {
      return of(file, named(key), mapping, problems);
    }
    if (entry != null && !isNull(entry.value())) {
      report(
          entry.value().getStartMark(),
          named(key) + " holds no settings",
          "write its settings below it, further in, as key: value");
    }
    return new YamlSection(file, named(key), null, problems);
  }

  /** The mappings of a list; empty if the key is missing. */
  public List<YamlSection> sections(String key) {
    List<YamlSection> found = new ArrayList<>();
    int number = 0;
    for (Node node : items(key)) {
      number++;
      if (node instanceof MappingNode mapping) {
        found.add(of(file, named(key) + "[" + number + "]", mapping, problems));
      } else {
        report(
            node.getStartMark(),
            "entry " + number + " of " + named(key) + " holds no settings",
            "write it as - key: value");
      }
    }
    return found;
  }

  /** The words of a list, each with its place; empty if the key is missing. */
  public List<Placed> words(String key) {
    List<Placed> found = new ArrayList<>();
    for (Node node : items(key)) {
      if (node instanceof ScalarNode scalar && !isNull(scalar)) {
        found.add(Placed.of(scalar));
      } else {
        report(
            node.getStartMark(),
            "an entry of " + named(key) + " is no word",
            "write a list like [one, two]");
      }
    }
    return found;
  }

  /** A list of identities in place of the standard one; {@code []} is none of them. */
  public List<String> ids(String key, List<String> standard, int most) {
    if (!has(key)) {
      take(key);
      return standard;
    }
    List<String> ids = new ArrayList<>();
    for (Placed word : words(key)) {
      if (!Identity.isValid(word.text())) {
        report(
            word.mark(),
            named(key) + " names " + Escaped.quoted(word.text()),
            "use 1 to 64 of A-Z a-z 0-9 _ -");
      } else if (!ids.contains(word.text())) {
        ids.add(word.text());
      }
    }
    if (ids.size() > most) {
      reportAt(key, named(key) + " names " + ids.size(), "it may name at most " + most);
      return standard;
    }
    return ids;
  }

  private List<Node> items(String key) {
    Entry entry = take(key);
    if (entry == null || isNull(entry.value())) {
      return List.of();
    }
    if (entry.value() instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    report(entry.value().getStartMark(), named(key) + " is no list", "write it as [one, two]");
    return List.of();
  }

  public Optional<Placed> word(String key) {
    Entry entry = take(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.value() instanceof ScalarNode scalar && !isNull(scalar)) {
      return Optional.of(Placed.of(scalar));
    }
    report(
        entry.value().getStartMark(),
        named(key) + (isNull(entry.value()) ? " has no value" : " is no single value"),
        "write one after the colon, or remove the key");
    return Optional.empty();
  }

  public int integer(String key, int standard, int least, int most) {
    Optional<Placed> word = word(key);
    if (word.isEmpty()) {
      return standard;
    }
    String text = word.get().text();
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
      outside(key, word.get(), Integer.toString(number), "" + least, "" + most);
    } catch (NumberFormatException notOne) {
      report(
          word.get().mark(),
          named(key) + " is " + Escaped.quoted(text) + ", which is no whole number",
          "write a number from " + least + " to " + most);
    }
    return standard;
  }

  public double number(String key, double standard, double least, double most) {
    Optional<Placed> word = word(key);
    if (word.isEmpty()) {
      return standard;
    }
    Optional<Double> number = Amounts.number(word.get().text());
    if (number.isEmpty()) {
      report(
          word.get().mark(),
          named(key) + " is " + Escaped.quoted(word.get().text()) + ", which is no number",
          "write a number from " + Amounts.text(least) + " to " + Amounts.text(most));
      return standard;
    }
    if (number.get() < least || number.get() > most) {
      outside(key, word.get(), word.get().text(), Amounts.text(least), Amounts.text(most));
      return standard;
    }
    return number.get();
  }

  public boolean flag(String key, boolean standard) {
    Optional<Placed> word = word(key);
    if (word.isEmpty()) {
      return standard;
    }
    String text = word.get().text();
    if (!text.equals("true") && !text.equals("false")) {
      report(word.get().mark(), named(key) + " is " + Escaped.quoted(text), "write true or false");
      return standard;
    }
    return text.equals("true");
  }

  public LocalTime timeOfDay(String key, LocalTime standard) {
    Optional<Placed> word = word(key);
    if (word.isEmpty()) {
      return standard;
    }
    Optional<LocalTime> time = Amounts.timeOfDay(word.get().text());
    if (time.isEmpty()) {
      report(
          word.get().mark(),
          named(key) + " is " + Escaped.quoted(word.get().text()) + ", which is no time of day",
          "write hours and minutes, like 06:30");
    }
    return time.orElse(standard);
  }

  public Duration duration(String key, Duration standard, Duration least, Duration most) {
    Optional<Placed> word = word(key);
    if (word.isEmpty()) {
      return standard;
    }
    String text = word.get().text();
    Optional<Duration> duration = Amounts.duration(text);
    if (duration.isEmpty()) {
      report(
          word.get().mark(),
          named(key) + " is " + Escaped.quoted(text) + ", which is no duration",
          "write a whole number and its unit, like 30s, 5m, 24h or 7d");
      return standard;
    }
    if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
      outside(
          key, word.get(), Amounts.text(duration.get()), Amounts.text(least), Amounts.text(most));
      return standard;
    }
    return duration.get();
  }

  public long bytes(String key, long standard, long least, long most) {
    Optional<Placed> word = word(key);
    if (word.isEmpty()) {
      return standard;
    }
    String text = word.get().text();
    Optional<Long> bytes = Amounts.bytes(text);
    if (bytes.isEmpty()) {
      report(
          word.get().mark(),
          named(key) + " is " + Escaped.quoted(text) + ", which is no size",
          "write a whole number and its unit, like 64MiB or 2GiB");
      return standard;
    }
    if (bytes.get() < least || bytes.get() > most) {
      outside(key, word.get(), Amounts.text(bytes.get()), Amounts.text(least), Amounts.text(most));
      return standard;
    }
    return bytes.get();
  }

  private void outside(String key, Placed at, String is, String least, String most) {
    report(at.mark(), named(key) + " is " + is, "it must be from " + least + " to " + most);
  }

  /** Reports each key that nothing asked for. To be called last. */
  public void done() {
    entries.forEach((key, entry) -> {
      if (!known.contains(key)) {
        report(
            entry.key(),
            "there is no setting " + Escaped.quoted(named(key)),
            Resemblance.hint(key, known));
      }
    });
  }

  private @Nullable Entry take(String key) {
    known.add(key);
    return entries.get(key);
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
  }
}
