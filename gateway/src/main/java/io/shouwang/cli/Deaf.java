package io.shouwang.cli;

import io.shouwang.model.Answer;
import io.shouwang.notify.provider.Reception;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Here nobody waits for reports and answers. One that an operator's network brings meanwhile is for
 * the gateway that runs: it is not taken, so that the network brings it again.
 */
enum Deaf implements Reception {
  ALL;

  @Override
  public void reported(Report report) {}

  @Override
  public CompletionStage<Answer> answered(Incoming incoming) {
    return notTaken();
  }

  @Override
  public CompletionStage<Answer> called(InboundCall call) {
    return notTaken();
  }

  private static CompletionStage<Answer> notTaken() {
    return CompletableFuture.failedFuture(new IllegalStateException("this is only a test"));
  }
}
