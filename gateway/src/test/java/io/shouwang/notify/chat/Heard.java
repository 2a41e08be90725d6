package io.shouwang.notify.chat;

import io.shouwang.model.Answer;
import io.shouwang.notify.provider.Reception;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what providers bring. */
public final class Heard implements Reception {
  public final List<Report> reports = new CopyOnWriteArrayList<>();
  public final List<Incoming> answers = new CopyOnWriteArrayList<>();
  public volatile CompletionStage<Answer> next =
      CompletableFuture.completedStage(new Answer.Taken());

  @Override
  public void reported(Report report) {
    reports.add(report);
  }

  @Override
  public CompletionStage<Answer> answered(Incoming incoming) {
    answers.add(incoming);
    return next;
  }

  @Override
  public CompletionStage<Answer> called(InboundCall call) {
    throw new AssertionError("nobody calls here");
  }
}
