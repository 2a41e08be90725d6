package io.shouwang.yaml;

import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Turns a YAML text into a {@link YamlSection} whose every value knows its line and column. */
public final class YamlFile {
  private static final int NESTING_MAX = 20;

  private YamlFile() {}

  /** The file's content; an empty section, and a problem, if it can't be read. */
  public static YamlSection read(String file, String text, List<ConfigProblem> problems) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(NESTING_MAX);
    options.setMaxAliasesForCollections(0);
    Node root;
    try {
      root = new Yaml(options).compose(new StringReader(text));
    } catch (MarkedYAMLException unreadable) {
      Mark mark = unreadable.getProblemMark();
      String problem = unreadable.getProblem();
      problems.add(
          new ConfigProblem(
              file,
              mark == null ? 0 : mark.getLine() + 1,
              mark == null ? 0 : mark.getColumn() + 1,
              "is not YAML: " + (problem == null ? "unreadable" : problem.strip()),
              "correct the indentation or the punctuation here or just above"));
      return YamlSection.absent(file, problems);
    } catch (YAMLException unreadable) {
      problems.add(
          new ConfigProblem(
              file,
              0,
              0,
              "can't be read as YAML: " + unreadable.getMessage(),
              "save it as UTF-8 text without control characters and without aliases (*name)"));
      return YamlSection.absent(file, problems);
    }
    if (root == null) {
      return YamlSection.absent(file, problems);
    }
    if (root instanceof MappingNode mapping) {
      return YamlSection.of(file, "", mapping, problems);
    }
    problems.add(
        new ConfigProblem(
            file,
            root.getStartMark().getLine() + 1,
            root.getStartMark().getColumn() + 1,
            "holds no settings",
            "write settings as key: value, one a line"));
    return YamlSection.absent(file, problems);
  }
}
