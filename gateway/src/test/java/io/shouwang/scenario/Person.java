package io.shouwang.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Delivery.Cause;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.Input;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Somebody with a phone, in a {@link Story}. Answers are about the alert they heard of last. */
final class Person {
  private final Story story;
  private final ResponderId id;
  private @Nullable AlertId about;
  private @Nullable DeliveryKey latest;

  Person(Story story, ResponderId id) {
    this.story = story;
    this.id = id;
  }

  ResponderId id() {
    return id;
  }

  /** The phone rings at this very moment. */
  Person hearsRinging() {
    Story.Heard heard = story.take(id, true);
    assertEquals(story.now(), heard.when());
    about = heard.delivery().key().alert();
    return this;
  }

  /** The phone rings, and says why. */
  Person hearsRinging(Cause why) {
    Story.Heard heard = story.take(id, true);
    assertEquals(why, heard.delivery().cause());
    about = heard.delivery().key().alert();
    return this;
  }

  /** It rings by this channel and no other. */
  Person hearsRingingBy(String channel) {
    Story.Heard heard = story.take(id, true);
    assertEquals(channel, heard.delivery().channel());
    assertEquals(story.now(), heard.when());
    about = heard.delivery().key().alert();
    latest = heard.delivery().key();
    return this;
  }

  /** What became of the ring heard last. */
  Person ringEnds(Outcome outcome) {
    DeliveryKey key = Objects.requireNonNull(latest, "no ring was heard");
    story.input(story.homeOf(key.alert()), new Input.DeliveryReported(key, outcome));
    return this;
  }

  Person setsOut(int etaMin) {
    return answers(Reply.Answer.ON_THE_WAY, null, etaMin, null);
  }

  /** The elder's own word. */
  Person isWell() {
    return answers(Reply.Answer.WELL, null, null, null);
  }

  /** They are told, without being asked to act. */
  Person isTold(Cause what) {
    assertEquals(what, story.take(id, false).delivery().cause());
    return this;
  }

  Person letsItRing() {
    return this;
  }

  Person accepts(int etaMin) {
    return answers(Reply.Answer.ACCEPT, null, etaMin, null);
  }

  /** Accepts without saying when. */
  Person accepts() {
    return answers(Reply.Answer.ACCEPT, null, null, null);
  }

  Person declines() {
    return answers(Reply.Answer.DECLINE, null, null, null);
  }

  Person spoke() {
    return answers(Reply.Answer.SPOKE, null, null, null);
  }

  Person arrives() {
    return answers(Reply.Answer.ARRIVED, null, null, null);
  }

  Person isDone() {
    return answers(Reply.Answer.DONE, null, null, null);
  }

  Person isDone(String disposition) {
    return answers(Reply.Answer.DONE, null, null, disposition);
  }

  Person answers(
      Reply.Answer answer,
      @Nullable String replyId,
      @Nullable Integer etaMin,
      @Nullable String disposition) {
    story.replies(id, reply(answer, replyId, etaMin, disposition), false);
    return this;
  }

  /** Answers with the rights of an operator who may close. */
  Person asDispatcher(Reply.Answer answer, @Nullable String disposition) {
    AlertId alert = about == null ? story.alert().id() : about;
    story.replies(id, new Reply(null, alert, answer, null, disposition, "looked after"), true);
    return this;
  }

  private Reply reply(
      Reply.Answer answer,
      @Nullable String replyId,
      @Nullable Integer etaMin,
      @Nullable String disposition) {
    AlertId alert = about == null ? story.alert().id() : about;
    return new Reply(replyId, alert, answer, etaMin, disposition, null);
  }
}
