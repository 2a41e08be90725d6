package io.shouwang.notify.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.shouwang.host.Clock;
import io.shouwang.model.Payload;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.YamlFile;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Providers opened from YAML with the real clock, and messages for them. */
public final class Opened {
  public static final String DAUGHTER = "+8613800000001";
  public static final String LINK = "https://help.example.cn/r/AbC_d-9";

  private Opened() {}

  public static Provider provider(
      ProviderKind kind, String yaml, Map<String, String> files, Reception reception) {
    List<ConfigProblem> problems = new ArrayList<>();
    YamlSection section = YamlFile.read("channels.yaml", yaml, problems);
    section.word("timeout"); // channels.yaml reads it before the kind does
    ProviderKind.Account account = kind.read(section, secrets(files));
    section.done();
    assertEquals(List.of(), problems);
    assertNotNull(account);
    return account.open(
        new ProviderKind.Surroundings(
            "sms", reception, new Http(Duration.ofSeconds(5), null), Clock.SYSTEM, new Random(7)));
  }

  public static List<String> problems(ProviderKind kind, String yaml, Map<String, String> files) {
    List<ConfigProblem> problems = new ArrayList<>();
    YamlSection section = YamlFile.read("channels.yaml", yaml, problems);
    section.word("timeout");
    ProviderKind.Account account = kind.read(section, secrets(files));
    assertEquals(!problems.isEmpty(), account == null, "an account only without a mistake");
    section.done();
    return problems.stream().map(ConfigProblem::toString).toList();
  }

  private static ProviderKind.Secrets secrets(Map<String, String> files) {
    return (section, key) -> {
      Optional<String> secret =
          section.word(key).flatMap(word -> Optional.ofNullable(files.get(word.text())));
      if (secret.isEmpty()) {
        section.reportAt(key, section.named(key) + " names no secret", "write its file");
      }
      return secret;
    };
  }

  public static Notice notice(String key, String text) {
    return notice(key, DAUGHTER, text);
  }

  public static Notice notice(String key, String address, String text) {
    return new Notice(
        key,
        address,
        Notice.Purpose.RING,
        true,
        false,
        "zh",
        "守望：SOS",
        text,
        text.contains(LINK) ? LINK : "",
        "",
        Map.of(),
        Payload.of(new byte[0]));
  }

  public static Verdict.Refused refused(Failure failure, Verdict verdict) {
    Verdict.Refused refused = assertInstanceOf(Verdict.Refused.class, verdict);
    assertEquals(failure, refused.failure(), refused.detail());
    return refused;
  }

  public static String accepted(Verdict verdict) {
    return assertInstanceOf(Verdict.Accepted.class, verdict).providerId();
  }

  /** Something that holds sooner or later. */
  public interface Check {
    boolean holds() throws Exception;
  }

  public static void until(Check check, String what) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!check.holds()) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("it never came: " + what);
      }
      Thread.onSpinWait();
    }
  }
}
