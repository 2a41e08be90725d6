package io.shouwang.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  /** From the reference implementation's own tests (argon2id, version 13). */
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void readsWhatTheReferenceImplementationWrote() {
    assertTrue(PasswordHash.matches(REFERENCE, "password"));
    assertFalse(PasswordHash.matches(REFERENCE, "Password"));
  }

  @Test
  void costsAtLeastWhatOwaspAsksFor() {
    PasswordHash.Cost cost = PasswordHash.Cost.STANDARD;
    assertTrue(cost.kibibytes() >= 19 * 1024);
    assertTrue(cost.passes() >= 2);
    String encoded = PasswordHash.of(cost, new byte[PasswordHash.SALT_BYTES], "correct horse");
    assertEquals(cost, PasswordHash.costOf(encoded));
    assertTrue(PasswordHash.matches(encoded, "correct horse"));
  }

  @Test
  void twoOfOnePasswordDiffer() {
    try (Hashing hashing = new Hashing(TestAccounts.CHEAP, new SecureRandom())) {
      assertFalse(hashing.hash("the same").equals(hashing.hash("the same")));
    }
  }

  @Test
  void aFloodFindsAShortLine() throws Exception {
    // So costly that the line can't empty while a hundred come.
    PasswordHash.Cost slow = new PasswordHash.Cost(64 * 1024, 8, 1);
    try (Hashing hashing = new Hashing(slow, new SecureRandom());
        ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Boolean>> refused = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        refused.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return hashing.hash("password").isEmpty();
                  } catch (Unavailable e) {
                    return true;
                  }
                },
                many));
      }
      CompletableFuture<?> any = CompletableFuture.anyOf(refused.toArray(CompletableFuture[]::new));
      assertEquals(true, any.get());
      many.shutdownNow();
    }
  }

  @Test
  void whatIsNoHashOfOursIsAnError() {
    assertThrows(
        IllegalArgumentException.class, () -> PasswordHash.matches("password", "password"));
  }
}
