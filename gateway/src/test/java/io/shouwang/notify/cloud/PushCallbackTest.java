package io.shouwang.notify.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.notify.provider.Callback;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class PushCallbackTest {
  private final List<String> heard = new ArrayList<>();
  private CompletionStage<Boolean> next = CompletableFuture.completedStage(true);
  private final PushCallback callback =
      new PushCallback(
          "sms",
          new CallbackSecret(Told.SECRET),
          new PushCallback.Words("{\"code\":0}", "{\"code\":1}"),
          this::hear);

  private CompletionStage<Boolean> hear(JsonNode entry) {
    heard.add(PushCallback.text(entry, "n"));
    return next;
  }

  @Test
  void only_who_knows_the_secret_is_heard() {
    for (String wrong :
        List.of("", "0", Told.SECRET + "0", Told.SECRET.toUpperCase(java.util.Locale.ROOT))) {
      assertEquals(403, Told.pushed(callback, "POST", wrong, "[{\"n\":1}]").status());
    }
    Callback.Request bare =
        new Callback.Request(
            "POST", java.util.Map.of(), java.util.Map.of(), Told.request("POST", "", "[]").body());
    assertEquals(403, callback.called(bare).toCompletableFuture().join().status());
    assertEquals(405, Told.pushed(callback, "GET", Told.SECRET, "").status());
    assertEquals(List.of(), heard);
    assertFalse(new CallbackSecret(Told.SECRET).toString().contains(Told.SECRET));
  }

  @Test
  void a_bad_entry_does_not_keep_back_its_neighbours() {
    Callback.Response response =
        Told.pushed(callback, "[{\"n\":\"a\"}, 7, null, [], \"x\", {\"n\":\"b\"}]");
    assertEquals(200, response.status());
    assertEquals("{\"code\":0}", response.body().toString());
    assertEquals(List.of("a", "b"), heard);
    assertEquals(200, Told.pushed(callback, "{\"n\":\"c\"}").status(), "one by itself");
    assertEquals(200, Told.pushed(callback, "[]").status());
  }

  @Test
  void an_entry_that_breaks_is_asked_for_again_and_the_others_are_heard() {
    PushCallback breaking =
        new PushCallback(
            "sms",
            new CallbackSecret(Told.SECRET),
            new PushCallback.Words("taken", "again"),
            entry -> {
              if (PushCallback.text(entry, "n").equals("bad")) {
                throw new IllegalStateException("broken");
              }
              return hear(entry);
            });
    assertEquals(503, Told.pushed(breaking, "[{\"n\":\"bad\"},{\"n\":\"b\"}]").status());
    assertEquals(List.of("b"), heard);
  }

  @Test
  void rubbish_is_refused_and_said_to_be() {
    for (String rubbish : List.of("", "7", "<xml/>", "[{", "[".repeat(10_000))) {
      Callback.Response response = Told.pushed(callback, rubbish);
      assertEquals(400, response.status(), rubbish);
      assertEquals("{\"code\":1}", response.body().toString());
    }
  }

  @Test
  void it_is_taken_only_once_all_of_it_is_on_disk() {
    CompletableFuture<Boolean> onDisk = new CompletableFuture<>();
    next = onDisk;
    CompletableFuture<Callback.Response> waiting =
        callback
            .called(Told.request("POST", Told.SECRET, "[{\"n\":1},{\"n\":2}]"))
            .toCompletableFuture();
    assertNull(waiting.getNow(null));
    onDisk.complete(true);
    assertEquals(200, waiting.join().status());
    next = CompletableFuture.failedStage(new IllegalStateException("disk"));
    Callback.Response failed = Told.pushed(callback, "[{\"n\":1}]");
    assertEquals(503, failed.status());
    assertEquals("{\"code\":1}", failed.body().toString());
  }
}
