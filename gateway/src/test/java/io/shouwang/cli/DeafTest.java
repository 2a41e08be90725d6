package io.shouwang.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.notify.provider.Reception;
import org.junit.jupiter.api.Test;

/** A test of a channel beside a gateway that runs. */
final class DeafTest {
  @Test
  void an_answer_that_comes_in_meanwhile_is_not_taken() {
    Reception.Incoming answer =
        new Reception.Incoming("sms", "1", null, null, "+8613800000000", "1");
    assertTrue(
        Deaf.ALL.answered(answer).toCompletableFuture().isCompletedExceptionally(),
        "a refusal would be confirmed to the network, and the answer be lost");
  }
}
