package io.shouwang.wording;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Entry;
import io.shouwang.model.Directory;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * What happened, in one language. Plain text, unescaped. Immutable; any thread.
 *
 * <p>What a name outside this program fills in (a person, a device's own word) may be anything: the
 * reader of the text escapes it for its medium.
 */
public final class Wording {
  public static final Wording ZH = new Wording("zh");
  public static final Wording EN = new Wording("en");

  private final String language;
  private final Phrases phrases;
  private final WhyText why;
  private final TimelineText timeline;

  private Wording(String language) {
    this.language = language;
    this.phrases = Phrases.load(language);
    this.why = new WhyText(phrases);
    this.timeline = new TimelineText(phrases, why);
  }

  /** The wording of {@code zh} or {@code en}, regions allowed; Chinese for any other. */
  public static Wording of(String language) {
    String tag = language.toLowerCase(Locale.ROOT);
    return tag.equals("en") || tag.startsWith("en-") || tag.startsWith("en_") ? EN : ZH;
  }

  /** {@code zh} or {@code en}. */
  public String language() {
    return language;
  }

  /** Why the alert is: its events with all that is odd about them (P3, P6). */
  public String why(Alert alert, ZoneId zone) {
    return why.of(alert, zone);
  }

  /** A line of a timeline, without its time. */
  public String entry(Entry entry, Directory directory, ZoneId zone) {
    return timeline.of(entry, List.of(), directory, zone);
  }

  /** A line of this alert's timeline: a delivery's outcome names its recipient, too. */
  public String entry(Entry entry, Alert alert, Directory directory, ZoneId zone) {
    return timeline.of(entry, alert.timeline(), directory, zone);
  }

  public String kind(Kind kind) {
    return phrases.name("kind", kind.value());
  }

  public String severity(Severity severity) {
    return phrases.text("severity." + severity.name());
  }

  public String role(Role role) {
    return phrases.name("role", role.value());
  }

  public String state(Alert.State state) {
    return phrases.text("state." + state.name());
  }

  /** How it ended; a word that isn't known stays as it was said. */
  public String disposition(String disposition) {
    return phrases.name("disposition", disposition);
  }

  /** A word of ours that rules use, a duty's name say; one of an office's own stays as it is. */
  public String word(String word) {
    return phrases.name("word", word);
  }

  /** What a mode is called. */
  public String mode(Mode.Kind mode) {
    return phrases.text("mode." + mode.name());
  }

  /** A responder's name; the id when the directory knows none. */
  public static String person(ResponderId id, Directory directory) {
    Directory.Responder responder = directory.responder(id);
    return responder == null || responder.name().isBlank() ? id.value() : responder.name();
  }

  /**
   * Who has it in hand, for those outside the duty room: by name, and whoever sits at a desk as the
   * desk, since their login means nothing to anybody there.
   */
  public String inHand(ResponderId id, Role role, Directory directory) {
    return directory.responder(id) == null ? role(role) : person(id, directory);
  }

  /**
   * A sentence of a message that goes out by a channel.
   *
   * @param key behind {@code notice.}
   * @param gaps names and what fills them, in turns
   */
  public String notice(String key, Object... gaps) {
    return phrases.text("notice." + key, gaps);
  }

  /**
   * A text of the page behind a one-tap link.
   *
   * @param key behind {@code page.}
   */
  public String page(String key, Object... gaps) {
    return phrases.text("page." + key, gaps);
  }

  /** How it stands with a responder, by the name of a {@code Standing}. */
  public String standing(String standing) {
    return phrases.text("standing." + standing);
  }

  Phrases phrases() {
    return phrases;
  }
}
