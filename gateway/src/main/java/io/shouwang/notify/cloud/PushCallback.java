package io.shouwang.notify.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.chat.ChatAnswer;
import io.shouwang.notify.provider.Callback;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a provider pushes: a JSON array of entries, or a single one. It is answered as taken
 * once every answer in it is on disk; if one could not be written the whole of it is asked for
 * again, which is harmless to the others. An entry that can't be read is passed over and never
 * keeps back its neighbours.
 */
public final class PushCallback implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(PushCallback.class);
  private static final CompletionStage<Boolean> UNREADABLE =
      CompletableFuture.completedStage(false);

  private final String provider;
  private final CallbackSecret secret;
  private final Words words;
  private final Entries entries;

  /**
   * What the provider expects to hear, as JSON.
   *
   * @param again that it could not be taken, and should come again
   */
  public record Words(String taken, String again) {}

  /** Hears of each entry. */
  @FunctionalInterface
  public interface Entries {
    /**
     * Completes when what it says is on disk, or with false at once if it says nothing readable;
     * exceptionally if it could not be written.
     */
    CompletionStage<Boolean> heard(JsonNode entry);
  }

  public PushCallback(String provider, CallbackSecret secret, Words words, Entries entries) {
    this.provider = provider;
    this.secret = secret;
    this.words = words;
    this.entries = entries;
  }

  @Override
  public CompletionStage<Response> called(Request request) {
    if (!secret.isKnownTo(request)) {
      return CompletableFuture.completedStage(Response.of(403, ""));
    }
    if (!request.method().equals("POST")) {
      return CompletableFuture.completedStage(Response.of(405, ""));
    }
    JsonNode pushed;
    try {
      pushed = ChatAnswer.JSON.readTree(request.body().bytes());
    } catch (IOException unreadable) {
      pushed = null;
    }
    if (pushed == null || !pushed.isContainerNode()) {
      LOG.warn("{} pushed something that is no JSON", provider);
      return CompletableFuture.completedStage(Response.json(400, words.again()));
    }
    List<CompletableFuture<Boolean>> heard = new ArrayList<>();
    for (JsonNode entry : pushed.isArray() ? pushed : List.of(pushed)) {
      heard.add(heard(entry).toCompletableFuture());
    }
    return CompletableFuture.allOf(heard.toArray(CompletableFuture[]::new))
        .handle((_, failure) -> {
          if (failure != null) {
            return Response.json(503, words.again());
          }
          long unreadable = heard.stream().filter(one -> !one.join()).count();
          if (unreadable > 0) {
            LOG.warn("{} pushed {} entries, {} unreadable", provider, heard.size(), unreadable);
          }
          return Response.json(200, words.taken());
        });
  }

  private CompletionStage<Boolean> heard(JsonNode entry) {
    try {
      return entry.isObject() ? entries.heard(entry) : UNREADABLE;
    } catch (RuntimeException e) {
      LOG.error("an entry that {} pushed could not be taken", provider, e);
      return CompletableFuture.failedStage(e); // the others are heard all the same
    }
  }

  /** A short text of an entry, in whatever way it is written; empty if there is none. */
  public static String text(JsonNode entry, String name) {
    JsonNode value = entry.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText("").strip() : "";
  }
}
