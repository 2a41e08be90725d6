package io.shouwang.notify.segment;

import io.shouwang.model.Answer;
import io.shouwang.notify.provider.Reception;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a network brings, and lets a test wait for it. */
public final class Desk implements Reception {
  public final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  public final BlockingQueue<Incoming> answers = new LinkedBlockingQueue<>();

  /** What becomes of the next answers. */
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

  public Report report() throws InterruptedException {
    return taken(reports.poll(30, TimeUnit.SECONDS), "report");
  }

  public Incoming answer() throws InterruptedException {
    return taken(answers.poll(30, TimeUnit.SECONDS), "answer");
  }

  private static <T> T taken(T one, String what) {
    if (one == null) {
      throw new AssertionError("no " + what + " came");
    }
    return one;
  }
}
