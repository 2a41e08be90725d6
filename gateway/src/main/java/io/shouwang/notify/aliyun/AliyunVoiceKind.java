package io.shouwang.notify.aliyun;

import io.shouwang.notify.cloud.Template;
import io.shouwang.notify.cloud.Templates;
import io.shouwang.notify.provider.Notice.Purpose;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code type: aliyun_voice}: calls through Aliyun that announce, or ask for a key. */
public final class AliyunVoiceKind implements ProviderKind {
  static final String STANDARD_URL = "https://dyvmsapi.aliyuncs.com";
  static final Template.Form FORM = new Template.Form("TTS_[0-9]{1,20}", "TTS_119630001", true);

  /** Spoken, so no carrier cuts it; but who listens for a minute hears no key to press. */
  static final int PARAMETER_LENGTH = 100;

  private static final String ANNOUNCE = "announce";
  private static final String KEY_PRESS = "key_press";

  @Override
  public String word() {
    return "aliyun_voice";
  }

  @Override
  public @Nullable Account read(YamlSection section, Secrets secrets) {
    int before = section.problemCount();
    Optional<AliyunAccount> account = AliyunAccount.read(section, secrets, STANDARD_URL);
    String mode = section.word("mode").map(YamlSection.Placed::text).orElse("");
    boolean asks = mode.equals(KEY_PRESS);
    if (!asks && !mode.equals(ANNOUNCE)) {
      section.reportAt(
          "mode",
          section.named("mode") + " is " + Escaped.quoted(mode),
          "write announce, or key_press to take answers");
    }
    String shown = section.word("called_show_number").map(YamlSection.Placed::text).orElse("");
    if (asks ? !shown.matches("[0-9]{5,20}") : !shown.matches("[A-Za-z0-9_-]{0,40}")) {
      section.reportAt(
          "called_show_number",
          section.named("called_show_number") + " is missing or none",
          "write the number bought for it, like 02512345678"
              + (asks ? "; Aliyun asks for keys by no other" : ", or remove it for a shared one"));
    }
    int times = section.integer("play_times", asks ? 2 : 3, 1, 3);
    Map<String, SortedMap<String, String>> keys = keys(section, asks);
    Optional<Templates> templates =
        Templates.read(section, FORM, Set.of(Purpose.RING), PARAMETER_LENGTH);
    if (account.isEmpty() || templates.isEmpty() || section.problemCount() > before) {
      return null;
    }
    return surroundings ->
        new AliyunVoice(
            surroundings,
            account.get(),
            templates.get(),
            new AliyunVoice.Manner(shown, times, keys));
  }

  /** What is said after a key, by language and key; empty if none is asked for. */
  private static Map<String, SortedMap<String, String>> keys(YamlSection section, boolean asks) {
    YamlSection all = section.section("keys");
    if (!asks) {
      if (all.isPresent()) {
        section.reportAt(
            "keys", section.named("keys") + " is given", "write mode: key_press, or remove it");
      }
      return Map.of();
    }
    Map<String, SortedMap<String, String>> byLanguage = new HashMap<>();
    for (String language : new String[] {"zh", "en"}) {
      YamlSection one = all.section(language);
      if (one.isPresent()) {
        byLanguage.put(language, ofLanguage(one));
      }
    }
    if (!all.has("zh")) {
      section.reportAt(
          "keys",
          all.named("zh") + " is missing",
          "name the approved texts said after a key, like {1: TTS_11, 2: TTS_12}");
    }
    all.done();
    return byLanguage;
  }

  private static SortedMap<String, String> ofLanguage(YamlSection section) {
    SortedMap<String, String> codes = new TreeMap<>();
    for (String key : new String[] {"1", "2", "3"}) {
      section
          .word(key)
          .ifPresent(word -> {
            codes.put(key, word.text());
            if (!word.text().matches(FORM.code())) {
              section.report(
                  word.mark(),
                  section.named(key) + " is " + Escaped.quoted(word.text()),
                  "write an approved text's code, like " + FORM.example());
            }
          });
    }
    if (!section.has("1") || !section.has("2")) {
      section.report(
          section.named("1") + " or " + section.named("2") + " is missing",
          "1 takes the alert and 2 declines it; 3, reached by phone, may be there as well");
    }
    section.done();
    return codes;
  }
}
