package io.shouwang.registry;

import io.shouwang.model.Directory.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A person's ways as one compact text, since a city has a million people with some each. */
final class WaysText {
  private static final char FIELD = '\t';
  private static final char WAY = '\n';

  private WaysText() {}

  /**
   * A way as its row says it.
   *
   * @param verified the day on which it was proved; empty if the row names none
   */
  record Said(Way way, String verified) {}

  static String write(List<Said> ways) {
    StringBuilder text = new StringBuilder();
    for (Said said : ways) {
      Way way = said.way();
      text.append(way.channel())
          .append(FIELD)
          .append(way.address().replace(FIELD, ' ').replace(WAY, ' '))
          .append(FIELD)
          .append(way.after().toSeconds())
          .append(FIELD)
          .append(way.verified() ? 'v' : '-')
          .append(said.verified())
          .append(WAY);
    }
    return text.toString();
  }

  static List<Way> read(String text) {
    return said(text).stream().map(Said::way).toList();
  }

  static List<Said> said(String text) {
    List<Said> ways = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        String[] fields = line.split("\t", -1);
        ways.add(
            new Said(
                new Way(
                    fields[0],
                    fields[1],
                    Duration.ofSeconds(Long.parseLong(fields[2])),
                    fields[3].charAt(0) == 'v'),
                fields[3].substring(1)));
      }
    }
    return List.copyOf(ways);
  }
}
