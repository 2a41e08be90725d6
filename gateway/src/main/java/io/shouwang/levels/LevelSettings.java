package io.shouwang.levels;

import io.shouwang.model.AreaId;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.webhook.WebhookSignature;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is above us and who below: {@code levels.yaml}.
 *
 * @param self what this gateway is called above and below
 * @param city whom we forward to; null if nobody is above us
 * @param counties who forwards to us
 * @param silentAfter how long a county may say nothing before the city's desk rings
 * @param cap how alerts are written as CAP
 * @param capPosts where CAP is sent to
 */
public record LevelSettings(
    ResponderId self,
    @Nullable City city,
    List<County> counties,
    Duration silentAfter,
    CapWords cap,
    List<CapPost> capPosts) {

  /** A gateway alone. */
  public static final LevelSettings NONE =
      new LevelSettings(
          new ResponderId("gateway"),
          null,
          List.of(),
          Duration.ofSeconds(90),
          CapWords.STANDARD,
          List.of());

  public LevelSettings {
    counties = List.copyOf(counties);
    capPosts = List.copyOf(capPosts);
  }

  /**
   * The gateway above.
   *
   * @param id what it is called in our timelines
   * @param url where it is reached, without a path
   * @param every how often we say that we are there
   * @param heldFor so long an alert is in our hands without our saying so again
   * @param minor whether minor alerts are forwarded too
   * @param persons when it hears who an alert is about
   */
  public record City(
      ResponderId id,
      URI url,
      WebhookSignature signature,
      Duration every,
      Duration heldFor,
      boolean minor,
      Persons persons) {}

  /** When a city hears who an alert is about (P8). */
  public enum Persons {
    /** Once it is called, or has taken the alert over. */
    CALLED,
    /** From the first: a county that dies then leaves the city all that it needs. */
    ALWAYS
  }

  /**
   * A gateway below.
   *
   * @param area whose alerts it may bring, by our registry
   * @param url where it is reached, without a path
   */
  public record County(ResponderId id, AreaId area, URI url, WebhookSignature signature) {}

  /**
   * What stands in every CAP message.
   *
   * @param sender us; without spaces, commas, {@code <} and {@code &}
   * @param addresses to whom they are private
   */
  public record CapWords(String sender, List<String> addresses) {
    public static final CapWords STANDARD = new CapWords("shouwang", List.of("duty-desk"));

    public CapWords {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * Somebody who is sent each change of an alert as CAP.
   *
   * @param token its bearer token; null for none
   */
  public record CapPost(URI url, @Nullable String token) {}
}
