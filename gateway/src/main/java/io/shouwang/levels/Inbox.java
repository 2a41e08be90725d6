package io.shouwang.levels;

import io.shouwang.host.Clock;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.levels.CloudEvent.Unreadable;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.webhook.WebhookSignature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what one other gateway says: signed by its secret, of about now, in its own name. It is
 * acknowledged once it is on disk (P1). The same request again is answered again and changes
 * nothing: what it says is a state with a number, or an answer with an id. Any thread.
 */
final class Inbox implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** What an event means here. */
  interface Meaning {
    /**
     * The input it is; null for one that changes nothing on disk, such as a sign of life.
     *
     * @throws Unreadable if it is none
     */
    @Nullable Input of(CloudEvent event) throws Unreadable;
  }

  private final String peer;
  private final WebhookSignature signature;
  private final Meaning meaning;
  private final Intake intake;
  private final Clock clock;

  Inbox(String peer, WebhookSignature signature, Meaning meaning, Intake intake, Clock clock) {
    this.peer = peer;
    this.signature = signature;
    this.meaning = meaning;
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    byte[] body = request.body().bytes();
    boolean isGood =
        request.method().equals("POST")
            && signature.isGood(
                request.headers().getOrDefault("webhook-id", ""),
                request.headers().getOrDefault("webhook-timestamp", ""),
                request.headers().getOrDefault("webhook-signature", ""),
                body,
                clock.wall());
    if (!isGood) {
      return done(401, Map.of("title", "not signed by you, or not of about now"));
    }
    List<CloudEvent> events;
    try {
      events = CloudEvent.read(request.headers().getOrDefault("content-type", ""), body);
    } catch (Unreadable e) {
      return done(400, Map.of("title", e.what()));
    }
    List<Map<String, String>> refused = new ArrayList<>();
    List<CompletableFuture<Answer>> waiting = new ArrayList<>();
    for (CloudEvent event : events) {
      try {
        if (!event.source().equals(CloudEvent.sourceOf(peer))) {
          throw new Unreadable("source must be " + CloudEvent.sourceOf(peer));
        }
        Input input = meaning.of(event);
        if (input == null) {
          continue;
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.add(answer);
        boolean taken =
            intake.offer(
                new Submission(
                    input,
                    laneOf(input),
                    clock.nanos(),
                    (receipt, number, decided) -> answer.complete(decided)));
        if (!taken) {
          return done(503, Map.of("title", "no room at the moment; send it again"));
        }
      } catch (Unreadable e) {
        LOG.warn("an event of {} is refused: {}", peer, e.what());
        refused.add(Map.of("id", event.id(), "why", e.what()));
      }
    }
    if (refused.size() == events.size() && !refused.isEmpty()) {
      return done(400, Map.of("title", "nothing of it was taken", "refused", refused));
    }
    return CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("taken", events.size() - refused.size());
          json.put("refused", refused);
          return Response.json(202, CloudEvent.JSON.valueToTree(json).toString());
        });
  }

  /** A flood below must not delay our own alarms; a call from below is one. */
  private static Lane laneOf(Input input) {
    return input instanceof Input.AlertForwarded forwarded
            && forwarded.standing() != Input.CountyStanding.CALLED
        ? Lane.TELEMETRY
        : Lane.ALARM;
  }

  private static CompletionStage<Response> done(int status, Map<String, ?> json) {
    return CompletableFuture.completedFuture(
        Response.json(status, CloudEvent.JSON.valueToTree(json).toString()));
  }
}
