package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.model.Payload;
import io.shouwang.notify.provider.Callback;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Where providers call back with reports and answers. Each proves itself in its own way; who can't
 * is told no more than that there is nothing here.
 */
final class CallbackRoutes {
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final long ANSWER_SECONDS = 10;

  private final Function<String, Optional<Callback>> callbacks;
  private final Body.Pace pace;

  CallbackRoutes(Function<String, Optional<Callback>> callbacks, Body.Pace pace) {
    this.callbacks = callbacks;
    this.pace = pace;
  }

  List<Route> routes() {
    Set<Who> anyone = Set.of(Who.ANYONE); // each provider signs in its own way
    return List.of(
        Route.get("/callbacks/{provider}", anyone, (context, _) -> called(context)),
        Route.post("/callbacks/{provider}", anyone, (context, _) -> called(context)));
  }

  private void called(Context context) throws InterruptedException {
    Callback callback =
        callbacks
            .apply(context.pathParam("provider"))
            .orElseThrow(() -> Problem.notFound("provider that calls back"));
    Body body = Body.read(context, BODY_BYTES_MAX, pace);
    switch (body.end()) {
      case WHOLE -> {}
      case TOO_LONG -> throw Problem.tooLarge(BODY_BYTES_MAX);
      // Not every provider signs its body: half of one must not be taken for all that was said.
      case BROKEN -> throw Problem.badRequest("the body broke off or came too slowly");
    }
    Map<String, String> query = new HashMap<>();
    context.queryParamMap().forEach((name, values) -> query.put(name, values.getFirst()));
    Map<String, String> headers = new HashMap<>();
    context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Callback.Request request =
        new Callback.Request(context.method().name(), query, headers, Payload.of(body.bytes()));
    Callback.Response response;
    try {
      response =
          callback.called(request).toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw Problem.busy("it is not on disk yet; send it again");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a callback failed", e.getCause());
    }
    context.status(response.status());
    context.contentType(response.contentType());
    context.result(response.body().bytes());
  }
}
