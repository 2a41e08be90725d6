package io.shouwang.notify;

import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Callback;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.provider.Reception;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of {@code channels.yaml}, opened. Owns their providers and connections. */
public final class Channels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

  private final List<ProviderChannel> channels = new ArrayList<>();
  private final Map<String, Callback> callbacks = new LinkedHashMap<>();
  private final List<Provider> opened = new ArrayList<>();
  private final List<Http> connections = new ArrayList<>();

  /**
   * Opens all that is planned; what comes back goes to the desk.
   *
   * @param clock the machine's own: signatures are judged by civil time, which the engine's may
   *     have run ahead of
   */
  public Channels(ChannelPlans plans, AnswerDesk desk, ProviderChannel.Tools tools, Clock clock) {
    for (ChannelPlan plan : plans.channels()) {
      List<Provider> providers = new ArrayList<>();
      for (ChannelPlan.ProviderPlan each : plan.providers()) {
        desk.belongs(each.name(), plan.name());
        Http http = new Http(each.limit(), each.proxy());
        connections.add(http);
        Provider provider = open(each, desk, http, clock);
        providers.add(provider);
        opened.add(provider);
        if (provider instanceof Callback callback) {
          callbacks.put(each.name(), callback);
        }
      }
      channels.add(new ProviderChannel(plan, providers, tools, desk::sent));
    }
    desk.onReport(key -> channels.forEach(channel -> channel.reported(key)));
  }

  /** Opens one provider by itself, to try it. */
  public static Provider open(
      ChannelPlan.ProviderPlan plan, Reception reception, Http http, Clock clock) {
    return plan.account()
        .open(
            new ProviderKind.Surroundings(plan.name(), reception, http, clock, new SecureRandom()));
  }

  public List<ProviderChannel> all() {
    return List.copyOf(channels);
  }

  /** The provider of this name, if it calls back. */
  public Optional<Callback> callback(String provider) {
    return Optional.ofNullable(callbacks.get(provider));
  }

  /** The telephone exchanges, in the settings' order. */
  public List<Dialer> dialers() {
    return opened.stream().filter(Dialer.class::isInstance).map(Dialer.class::cast).toList();
  }

  /** What is wrong, as providers said last. */
  public List<String> troubles() {
    return channels.stream().flatMap(channel -> channel.troubles().stream()).toList();
  }

  @Override
  public void close() {
    close(opened);
    connections.forEach(Http::close);
  }

  /** One that fails at its end keeps no other's line open. */
  static void close(List<Provider> providers) {
    for (Provider provider : providers) {
      try {
        provider.close();
      } catch (RuntimeException e) {
        LOG.warn("provider {} failed while it was closed", provider.name(), e);
      }
    }
  }
}
