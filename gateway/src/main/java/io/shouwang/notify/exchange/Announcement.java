package io.shouwang.notify.exchange;

import io.shouwang.notify.provider.Notice;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is read out to whoever picks up: the message without what only an eye can use, and which
 * keys answer it.
 */
final class Announcement {
  /** Keys that mean something: coming, not coming, spoke with them. */
  static final List<String> KEYS = List.of("1", "2", "3");

  private static final int TEXT_MAX = 600;

  private Announcement() {}

  static String of(Notice notice) {
    boolean isEnglish = notice.language().equals("en");
    String keys =
        isEnglish
            ? "Press 1 if you are going, 2 if you can't, 3 if you spoke with them."
            : "前往请按1，不能前往请按2，已电话联系请按3。";
    List<String> lines =
        notice
            .text()
            .lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(line -> !line.isEmpty() && !line.contains("://"))
            .filter(line -> !line.startsWith("回复") && !line.startsWith("Reply "))
            .toList();
    String text = lines.stream().collect(Collectors.joining(isEnglish ? " " : "，"));
    String cut = text.substring(0, Math.min(TEXT_MAX, text.length()));
    boolean says = text.contains("按1") || text.contains("press 1"); // the elder's own question
    boolean isRing = notice.purpose() == Notice.Purpose.RING;
    return isRing && !says ? cut + (isEnglish ? " " : "") + keys : cut;
  }
}
