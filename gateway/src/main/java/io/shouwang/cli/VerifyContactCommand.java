package io.shouwang.cli;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Settings;
import io.shouwang.config.WaysCheck;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.Way;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.Channels;
import io.shouwang.notify.Notices;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.registry.Registry;
import io.shouwang.registry.RegistryReader;
import io.shouwang.registry.RegistryReading;
import io.shouwang.registry.RegistrySource;
import io.shouwang.registry.WaysFile;
import io.shouwang.wording.Wording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves that an address of ways.csv is the person's own, and writes the day into its row. */
@Command(
    name = "verify-contact",
    description = {
      "Send a code to somebody of registry/ways.csv by the real provider, ask for it here, and",
      "write today's date into the row. Ladders ring everybody, but count only on who is verified."
    },
    mixinStandardHelpOptions = true)
public final class VerifyContactCommand implements Callable<Integer> {
  static final Duration LASTS = Duration.ofMinutes(10);
  static final int TRIES = 3;
  private static final int CODES = 1_000_000;

  @Mixin private Folders folders = new Folders();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--responder", paramLabel = "ID", description = "as in responders.csv")
  private @Nullable String responder;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "the way to verify; may be left out if only one isn't yet")
  private @Nullable String channel;

  @Option(names = "--list", description = "say by role on whom ladders can't count yet, and stop")
  private boolean list;

  private final BufferedReader in;
  private final Clock clock;

  public VerifyContactCommand() {
    this(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), Clock.SYSTEM);
  }

  /**
   * @param in what is typed
   */
  VerifyContactCommand(BufferedReader in, Clock clock) {
    this.in = in;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    try {
      return switch (ConfigReader.read(folders.config, System.getenv())) {
        case ConfigReading.Refused refused -> refuse(refused.problems());
        case ConfigReading.Accepted accepted -> withRegistry(accepted.settings());
      };
    } catch (IOException e) {
      return refuse(List.of(Trouble.of(e)));
    }
  }

  private int refuse(List<?> why) {
    why.forEach(spec.commandLine().getErr()::println);
    return 1;
  }

  private Path registryFolder() {
    return folders.config.resolve("registry");
  }

  private int withRegistry(Settings settings) throws IOException {
    RegistrySource source = RegistrySource.directory(registryFolder());
    return switch (RegistryReader.read(source, settings.roles())) {
      case RegistryReading.Refused refused -> refuse(refused.problems());
      case RegistryReading.Accepted accepted ->
          list
              ? list(new WaysCheck(settings.channels(), settings.policy(), accepted.registry()))
              : responder == null
                  ? usage()
                  : verify(settings, accepted.registry(), new ResponderId(responder));
    };
  }

  private int usage() {
    spec.commandLine().getErr().println("name somebody with --responder, or use --list");
    return 2;
  }

  private int list(WaysCheck check) {
    PrintWriter out = spec.commandLine().getOut();
    var found = check.unverified();
    found.forEach((role, people) -> {
      out.println(role.value() + ": " + people.size());
      people.forEach(one -> out.println("  " + one.value()));
    });
    if (found.isEmpty()) {
      out.println("everybody on whom a ladder counts has a verified way");
    }
    out.flush();
    return 0;
  }

  private int verify(Settings settings, Registry registry, ResponderId who) throws IOException {
    Directory.Responder card = registry.responder(who);
    if (card == null) {
      return refuse(List.of("no responder " + who + " in registry/responders.csv"));
    }
    WaysFile ways = WaysFile.read(registryFolder());
    List<WaysFile.Row> rows =
        ways.rows().stream()
            .filter(row -> row.responder().equals(who.value()))
            .filter(row -> !row.channel().equals(Way.MQTT.channel()))
            .filter(row -> channel == null ? !row.isVerified() : row.channel().equals(channel))
            .toList();
    if (rows.isEmpty() || (channel == null && rows.size() > 1)) {
      return refuse(
          List.of(
              rows.isEmpty()
                  ? who + " has no such way in registry/ways.csv that is to be verified"
                  : who
                      + " has several; name one with --channel: "
                      + String.join(", ", rows.stream().map(WaysFile.Row::channel).toList())));
    }
    if (!ways.hasVerified()) {
      return refuse(List.of("registry/ways.csv has no column verified; add it to the header"));
    }
    WaysFile.Row row =
        rows.stream().filter(each -> !each.isVerified()).findFirst().orElse(rows.getFirst());
    for (ChannelPlan plan : settings.channels().channels()) {
      if (plan.name().equals(row.channel())) {
        LocalDate today = clock.wall().atZone(settings.gateway().zone()).toLocalDate();
        return prove(plan, row, Wording.of(card.language())) ? write(ways, row, today) : 1;
      }
    }
    return refuse(List.of("channel " + row.channel() + " is not set up in channels.yaml"));
  }

  /** Sends a code and hears it back. */
  private boolean prove(ChannelPlan plan, WaysFile.Row row, Wording wording) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String code = String.format(Locale.ROOT, "%06d", new SecureRandom().nextInt(CODES));
    if (!send(plan, Notices.trial(wording, Notice.Purpose.VERIFY, row.address(), code))) {
      return false;
    }
    long sentAt = clock.nanos();
    out.println(
        "a code went to "
            + row.responder()
            + " by "
            + row.channel()
            + "; it is good for "
            + LASTS.toMinutes()
            + " minutes. Ask them for it.");
    for (int left = TRIES; left > 0; left--) {
      out.print("code: ");
      out.flush();
      String typed = in.readLine();
      if (typed == null) {
        break;
      }
      if (clock.nanos() - sentAt > LASTS.toNanos()) {
        refuse(List.of("the code is no longer good; begin again"));
        return false;
      }
      if (MessageDigest.isEqual(
          typed.strip().getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
      out.println("that is not the code" + (left > 1 ? "; " + (left - 1) + " more tries" : ""));
    }
    refuse(List.of("not verified; nothing was written"));
    return false;
  }

  private boolean send(ChannelPlan plan, Notice notice) {
    for (ChannelPlan.ProviderPlan each : plan.providers()) {
      try (Http http = new Http(each.limit(), each.proxy());
          Provider provider = Channels.open(each, Deaf.ALL, http, clock)) {
        if (provider.submit(notice) instanceof Verdict.Refused refused) {
          refuse(List.of(each.name() + ": " + SendTestCommand.words(refused)));
        } else {
          return true;
        }
      }
    }
    return false;
  }

  private int write(WaysFile ways, WaysFile.Row row, LocalDate today) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ways.verify(row, today);
    out.println(
        "verified: "
            + registryFolder().resolve(WaysFile.NAME)
            + " says so since "
            + today
            + ". It takes force with: gateway import "
            + registryFolder());
    out.flush();
    return 0;
  }
}
