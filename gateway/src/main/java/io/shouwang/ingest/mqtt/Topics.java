package io.shouwang.ingest.mqtt;

/** The syntax of topic names and filters (4.7). */
final class Topics {
  private Topics() {}

  /** Refuses what is no topic name: empty, or with a wildcard. */
  static void requireName(String topic) {
    if (topic.isEmpty()) {
      throw new Refusal(Reason.PROTOCOL_ERROR, "[MQTT-4.7.3-1] an empty topic");
    }
    if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      throw new Refusal(Reason.TOPIC_NAME_INVALID, "[MQTT-3.3.2-2] a wildcard in a topic name");
    }
  }

  /** Refuses what is no topic filter. */
  static void requireFilter(String filter, Version version) {
    if (filter.isEmpty()) {
      throw new Refusal(Reason.PROTOCOL_ERROR, "[MQTT-4.7.3-1] an empty topic filter");
    }
    for (int i = 0; i < filter.length(); i++) {
      char c = filter.charAt(i);
      boolean starts = i == 0 || filter.charAt(i - 1) == '/';
      boolean ends = i == filter.length() - 1;
      boolean wrong =
          (c == '#' && !(starts && ends))
              || (c == '+' && !(starts && (ends || filter.charAt(i + 1) == '/')));
      if (wrong) {
        throw new Refusal(
            Reason.TOPIC_FILTER_INVALID, "[MQTT-4.7.1-1] [MQTT-4.7.1-2] a wildcard out of place");
      }
    }
    if (version == Version.V5 && isShared(filter)) {
      requireShared(filter);
    }
  }

  private static void requireShared(String filter) {
    int from = "$share/".length();
    int slash = filter.indexOf('/', from);
    String group = slash < 0 ? "" : filter.substring(from, slash);
    boolean wrong =
        group.isEmpty()
            || group.indexOf('+') >= 0
            || group.indexOf('#') >= 0
            || slash == filter.length() - 1;
    if (wrong) {
      throw new Refusal(
          Reason.TOPIC_FILTER_INVALID, "[MQTT-4.8.2-1] [MQTT-4.8.2-2] a shared filter's name");
    }
  }

  static boolean isShared(String filter) {
    return filter.startsWith("$share/");
  }

  static boolean hasWildcard(String filter) {
    return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
  }
}
