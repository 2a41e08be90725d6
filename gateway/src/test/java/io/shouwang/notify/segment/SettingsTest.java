package io.shouwang.notify.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.notify.cmpp.CmppKind;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.smpp.SmppKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code check-config} says of accounts with a mistake. */
final class SettingsTest {
  private static final Map<String, String> FILES =
      Map.of("good", "s3cret", "long", "far too long for SMPP", "chinese", "密码");

  private static void says(ProviderKind kind, String yaml, String... all) {
    List<String> problems = Opened.problems(kind, yaml, FILES);
    for (String one : all) {
      assertTrue(problems.stream().anyMatch(p -> p.contains(one)), () -> one + ": " + problems);
    }
    assertEquals(all.length, problems.size(), problems::toString);
  }

  @Test
  void smpp() {
    String good = "host: smsc.example.net\nsystem_id: town\npassword_file: good\n";
    says(new SmppKind(), good);
    says(new SmppKind(), "{}", "host is missing", "system_id is missing", "password_file names no");
    says(
        new SmppKind(),
        "host: smsc.example.net\nsystem_id: town\npassword_file: long\n",
        "holds no SMPP password");
    says(new SmppKind(), good + "source: 10690001;1", "source is");
    says(new SmppKind(), good + "source: Shouwang Alarm", "source is too long");
    says(new SmppKind(), good + "long_messages: udp", "long_messages is");
    says(new SmppKind(), good + "parts_max: 11\nwindow: 0", "parts_max is 11", "window is 0");
    says(new SmppKind(), good + "alphabet: latin", "alphabet is");
    says(new SmppKind(), good + "enquire_link: 1h", "enquire_link is");
  }

  @Test
  void cmpp() {
    String good = "host: ismg\nsp_id: \"901234\"\nsecret_file: good\nnumber: \"10690001\"\n";
    says(new CmppKind(), good);
    says(
        new CmppKind(),
        "{}",
        "host is missing",
        "sp_id is missing",
        "secret_file names no",
        "number is missing");
    says(new CmppKind(), good + "version: \"1.2\"", "version is");
    says(new CmppKind(), good.replace("good", "chinese"), "holds no CMPP secret");
    says(new CmppKind(), good + "extension: \"123456789012345678\"", "more than 21 digits");
    says(new CmppKind(), good + "extension: x", "extension is");
    says(new CmppKind(), good + "window: 2\nparts_max: 3", "never fits into a window of 2");
    says(new CmppKind(), good + "fee_type: 6", "fee_type is");
    says(new CmppKind(), good + "letters: latin", "letters is");
    says(new CmppKind(), good + "verify_gateway: maybe", "verify_gateway is");
  }
}
