package io.shouwang.cli;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.host.Clock;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.notify.Channels;
import io.shouwang.notify.Notices;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.wording.Wording;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends one message by each provider of a channel, and says what the provider made of it. */
@Command(
    name = "send-test",
    description = {
      "Send a test message by every provider of a channel of channels.yaml, one attempt each.",
      "The message says that it is a test. Reports and replies go to the running gateway, not here."
    },
    mixinStandardHelpOptions = true)
public final class SendTestCommand implements Callable<Integer> {
  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--channel",
      required = true,
      paramLabel = "NAME",
      description = "as in channels.yaml")
  private String channel = "";

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      defaultValue = "",
      description = "a number, an id, an address; none for a group robot")
  private String to = "";

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      defaultValue = "zh",
      description = "zh or en; default: zh")
  private String language = "zh";

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    return switch (ConfigReader.read(folders.config, System.getenv())) {
      case ConfigReading.Refused refused -> {
        refused.problems().forEach(err::println);
        yield 1;
      }
      case ConfigReading.Accepted accepted -> send(accepted.settings().channels());
    };
  }

  private int send(ChannelPlans plans) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ChannelPlan plan =
        plans.channels().stream()
            .filter(one -> one.name().equals(channel))
            .findFirst()
            .orElse(null);
    if (plan == null) {
      err.println(
          "no channel "
              + channel
              + " in channels.yaml; there are: "
              + String.join(", ", plans.channels().stream().map(ChannelPlan::name).toList()));
      return 1;
    }
    boolean all = true;
    for (ChannelPlan.ProviderPlan each : plan.providers()) {
      try (Http http = new Http(each.limit(), each.proxy());
          Provider provider = Channels.open(each, Deaf.ALL, http, Clock.SYSTEM)) {
        String code = String.format(Locale.ROOT, "%04d", new SecureRandom().nextInt(10_000));
        Verdict verdict =
            provider.submit(Notices.trial(Wording.of(language), Notice.Purpose.TEST, to, code));
        out.println(each.name() + ": " + words(verdict));
        all &= !(verdict instanceof Verdict.Refused);
      }
    }
    out.flush();
    return all ? 0 : 1;
  }

  static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted(String id) ->
          "accepted" + (id.isEmpty() ? "" : " as " + id) + "; look whether it arrives";
      case Verdict.Delivered _ -> "delivered";
      case Verdict.Refused refused ->
          "refused, "
              + refused.failure().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + ": "
              + refused.detail();
    };
  }
}
