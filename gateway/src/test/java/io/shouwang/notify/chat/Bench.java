package io.shouwang.notify.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.shouwang.engine.ManualClock;
import io.shouwang.model.Payload;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.YamlFile;
import io.shouwang.yaml.YamlSection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Opens providers from YAML, as the gateway does, with a clock that stands still. */
public final class Bench {
  public static final String LINK = "https://alarm.example.cn/r/AbC_d-9";

  public final ManualClock clock;
  public final Heard heard = new Heard();

  public Bench(String now) {
    this.clock = new ManualClock(Instant.parse(now));
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

  public Provider open(ProviderKind kind, String yaml, Map<String, String> files) {
    return open(kind, yaml, files, Duration.ofSeconds(30));
  }

  public Provider open(ProviderKind kind, String yaml, Map<String, String> files, Duration limit) {
    List<ConfigProblem> problems = new ArrayList<>();
    YamlSection section = YamlFile.read("channels.yaml", yaml, problems);
    ProviderKind.Account account = kind.read(section, secrets(files));
    section.done();
    assertEquals(List.of(), problems);
    assertNotNull(account);
    return account.open(
        new ProviderKind.Surroundings(
            "chat-1", heard, new Http(limit, null), clock, new Random(1)));
  }

  /** What is said of settings that are wrong. */
  public static List<String> problems(ProviderKind kind, String yaml, Map<String, String> files) {
    List<ConfigProblem> problems = new ArrayList<>();
    YamlSection section = YamlFile.read("channels.yaml", yaml, problems);
    ProviderKind.Account account = kind.read(section, secrets(files));
    assertEquals(!problems.isEmpty(), account == null, "an account only without a mistake");
    section.done();
    return problems.stream().map(ConfigProblem::toString).toList();
  }

  public static Notice ring(String key, String address) {
    return notice(key, address, Notice.Purpose.RING, "林秀英按了求助键\n请在 14:07 前回复\n" + LINK);
  }

  public static Notice notice(String key, String address, Notice.Purpose purpose, String text) {
    return new Notice(
        key,
        address,
        purpose,
        true,
        false,
        "zh",
        "【紧急】SOS 幸福里3号楼",
        text,
        text.contains(LINK) ? LINK : "",
        "",
        Map.of(
            Notice.Field.KIND, "跌倒",
            Notice.Field.ELDER, "林秀英",
            Notice.Field.ELDER_MASKED, "林**",
            Notice.Field.PLACE, "幸福里小区三号楼二单元六层六零一室东户",
            Notice.Field.TIME, "14:02",
            Notice.Field.ALERT, "A-17"),
        Payload.of(new byte[0]));
  }

  public static Verdict.Refused refused(Failure failure, Verdict verdict) {
    Verdict.Refused refused = assertInstanceOf(Verdict.Refused.class, verdict);
    assertEquals(failure, refused.failure(), refused.detail());
    return refused;
  }

  /** A provider that misbehaves is told apart by how. */
  public static void misbehaves(
      ChatFake fake, Function<Duration, Provider> opening, Notice notice) {
    try (Provider provider = opening.apply(Duration.ofSeconds(30))) {
      fake.mood = ChatFake.Mood.SAYS_500;
      refused(Failure.BROKEN, provider.submit(notice));
      fake.mood = ChatFake.Mood.SAYS_429;
      assertEquals(
          Duration.ofSeconds(7), refused(Failure.BUSY, provider.submit(notice)).retryAfter());
      fake.mood = ChatFake.Mood.GARBAGE;
      refused(Failure.BROKEN, provider.submit(notice));
      fake.mood = ChatFake.Mood.OVERSIZED;
      refused(Failure.TIMED_OUT, provider.submit(notice));
      fake.mood = ChatFake.Mood.CUTS_OFF;
      refused(Failure.UNREACHABLE, provider.submit(notice));
      fake.mood = ChatFake.Mood.WELL;
      assertInstanceOf(Verdict.Accepted.class, provider.submit(notice));
    }
    for (ChatFake.Mood mood : List.of(ChatFake.Mood.HANGS, ChatFake.Mood.HALF_OPEN)) {
      fake.mood = mood;
      try (Provider provider = opening.apply(Duration.ofSeconds(1))) {
        refused(Failure.TIMED_OUT, provider.submit(notice));
      }
    }
    fake.close();
    try (Provider provider = opening.apply(Duration.ofSeconds(30))) {
      refused(Failure.UNREACHABLE, provider.submit(notice));
    }
  }
}
