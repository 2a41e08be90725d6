package io.shouwang.cli;

import io.shouwang.model.Answer;
import io.shouwang.notify.provider.Reception;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Here nobody waits for reports and answers. */
enum Deaf implements Reception {
  ALL;

  @Override
  public void reported(Report report) {}

  @Override
  public CompletionStage<Answer> answered(Incoming incoming) {
    return refused();
  }

  @Override
  public CompletionStage<Answer> called(InboundCall call) {
    return refused();
  }

  private static CompletionStage<Answer> refused() {
    return CompletableFuture.completedFuture(
        new Answer.Refused(Answer.Reason.UNKNOWN_ALERT, "this is only a test"));
  }
}
