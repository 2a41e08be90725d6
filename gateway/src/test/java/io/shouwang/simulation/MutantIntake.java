package io.shouwang.simulation;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Effect;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.Intake;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.TestReceipts;
import io.shouwang.model.Answer;
import io.shouwang.model.DeliveryKey;
import java.util.List;

/** The wrong gateways between endpoint and engine. */
final class MutantIntake {
  private MutantIntake() {}

  static Intake around(Intake engine, Mutant mutant) {
    if (mutant != Mutant.EARLY_ACKNOWLEDGEMENT) {
      return engine;
    }
    return new Intake() {
      @Override
      public boolean offer(Submission submission) {
        boolean taken =
            engine.offer(
                new Submission(
                    submission.input(),
                    submission.lane(),
                    submission.receivedNanos(),
                    Acknowledgement.NONE));
        if (taken) {
          submission.acknowledgement().synced(TestReceipts.of(1), 1, new Answer.Taken());
        }
        return taken;
      }

      @Override
      public void whenRoom(Lane lane, Runnable wake) {
        engine.whenRoom(lane, wake);
      }
    };
  }

  static List<Effect> renumbered(List<Effect> effects) {
    return effects.stream()
        .map(effect -> {
          Delivery d = effect.delivery();
          DeliveryKey key = new DeliveryKey(effect.alert(), d.key().number() + 500);
          return new Effect(
              effect.alert(),
              new Delivery(
                  key,
                  d.to(),
                  d.cause(),
                  d.startedAt(),
                  d.expiresAt(),
                  d.channel(),
                  d.way(),
                  d.outcome()));
        })
        .toList();
  }
}
