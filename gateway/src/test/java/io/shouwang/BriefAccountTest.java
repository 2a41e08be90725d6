package io.shouwang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.shouwang.host.Clock;
import io.shouwang.model.Answer;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.Notices;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.wording.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The audit's own account: no second line stands beside the notifier's. */
final class BriefAccountTest {
  private static final Notice NOTICE =
      Notices.trial(Wording.EN, Notice.Purpose.RING, "+8613800000000", "");

  private final Reception desk =
      new Reception() {
        @Override
        public void reported(Report report) {}

        @Override
        public CompletionStage<Answer> answered(Incoming incoming) {
          return CompletableFuture.completedFuture(new Answer.Taken());
        }

        @Override
        public CompletionStage<Answer> called(InboundCall call) {
          return CompletableFuture.completedFuture(new Answer.Taken());
        }
      };

  private final List<ProviderKind.Surroundings> opened = new ArrayList<>();
  private int open;
  private boolean breaks;

  private final class Counted implements Provider {
    @Override
    public String name() {
      return "sms";
    }

    @Override
    public Audience audience() {
      return Audience.PERSON;
    }

    @Override
    public List<Quota> quotas() {
      return List.of();
    }

    @Override
    public Verdict submit(Notice notice) {
      assertEquals(1, open);
      if (breaks) {
        throw new IllegalStateException("broken");
      }
      return new Verdict.Accepted("1");
    }

    @Override
    public void close() {
      open--;
    }
  }

  private BriefAccount account() {
    return new BriefAccount(
        new ChannelPlan.ProviderPlan(
            "sms",
            surroundings -> {
              opened.add(surroundings);
              open++;
              return new Counted();
            },
            Duration.ofSeconds(1),
            null),
        desk,
        new Clock() {
          @Override
          public Instant wall() {
            return Instant.EPOCH;
          }

          @Override
          public long nanos() {
            return 0;
          }
        });
  }

  @Test
  void it_is_open_for_a_message_alone() {
    BriefAccount account = account();
    assertEquals(0, opened.size(), "an operator that allows one line has given it to the notifier");
    for (int i = 1; i <= 2; i++) {
      assertInstanceOf(Verdict.Accepted.class, account.submit(NOTICE));
      assertEquals(i, opened.size());
      assertEquals(0, open);
    }
    breaks = true;
    assertThrows(IllegalStateException.class, () -> account.submit(NOTICE));
    assertEquals(0, open);
  }

  @Test
  void what_comes_in_meanwhile_is_the_desks() {
    account().submit(NOTICE);
    assertSame(desk, opened.getFirst().reception(), "half of the answers would else be lost");
  }
}
