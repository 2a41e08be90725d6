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

  static String write(List<Way> ways) {
    StringBuilder text = new StringBuilder();
    for (Way way : ways) {
      text.append(way.channel())
          .append(FIELD)
          .append(way.address().replace(FIELD, ' ').replace(WAY, ' '))
          .append(FIELD)
          .append(way.after().toSeconds())
          .append(FIELD)
          .append(way.verified() ? 'v' : '-')
          .append(WAY);
    }
    return text.toString();
  }

  static List<Way> read(String text) {
    List<Way> ways = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        String[] fields = line.split("\t", -1);
        ways.add(
            new Way(
                fields[0],
                fields[1],
                Duration.ofSeconds(Long.parseLong(fields[2])),
                fields[3].equals("v")));
      }
    }
    return List.copyOf(ways);
  }
}
