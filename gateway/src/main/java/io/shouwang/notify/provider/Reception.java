package io.shouwang.notify.provider;

import io.shouwang.model.Answer;
import io.shouwang.model.AreaId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where providers bring what comes back: reports, answers, calls. Any thread; never blocks. */
public interface Reception {

  /** A delivery report. */
  void reported(Report report);

  /**
   * A person answered. Completes once the answer is on disk, or is refused; only then may the
   * provider be told that it was taken.
   */
  CompletionStage<Answer> answered(Incoming incoming);

  /** Somebody calls the hotline. Completes when it is on record. */
  CompletionStage<Answer> called(InboundCall call);

  /**
   * How a message went after it was accepted.
   *
   * @param provider the provider's name in {@code channels.yaml}
   * @param key the delivery's key, where the provider echoes ours; null to go by the provider's id
   */
  record Report(
      String provider,
      @Nullable String key,
      String providerId,
      Progress progress,
      @Nullable Failure failure,
      String detail) {}

  /** How far a message came. */
  enum Progress {
    DELIVERED,
    /** Opened, read, or listened to. */
    SEEN,
    FAILED
  }

  /**
   * What a person sent back.
   *
   * @param id the provider's name for this answer; the same one twice is one answer
   * @param key the delivery it answers, where that is known; null to go by provider's id, then by
   *     address and code
   * @param providerId of the message it answers; null if not known
   * @param from the sender's address as the provider proved it
   * @param text what they sent or pressed: {@code 1}, {@code 2 4711}; a button's word is one of
   *     {@code accept}, {@code decline}, {@code spoke}, {@code on_the_way}, {@code arrived}, {@code
   *     done}, with minutes behind {@code accept} where said
   */
  record Incoming(
      String provider,
      String id,
      @Nullable String key,
      @Nullable String providerId,
      String from,
      String text) {}

  /**
   * A call that came in at the hotline's exchange.
   *
   * @param id the exchange's name for the call
   * @param from the caller's number; empty when withheld
   * @param phase what happened to it
   * @param takenBy the extension or operator that took it; empty unless taken
   * @param area whose desks answer a number nobody knows; null for the topmost
   * @param patience how long the operators' phones ring before the duty desk does
   */
  record InboundCall(
      String provider,
      String id,
      String from,
      CallPhase phase,
      String takenBy,
      @Nullable AreaId area,
      Duration patience) {}

  /** What happened to a call. */
  enum CallPhase {
    RINGING,
    TAKEN,
    /** Nobody took it: the caller gave up or the exchange did. */
    MISSED,
    ENDED
  }
}
