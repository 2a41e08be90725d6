package io.shouwang.notify;

import io.shouwang.notify.provider.ProviderKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One channel of {@code channels.yaml}, without a mistake in it.
 *
 * @param name what {@code ways.csv} calls it
 * @param providers in the order in which they are tried; never empty
 * @param reportWithin what was taken on and not reported by then counts as dropped; null where
 *     providers report nothing
 * @param followUpsPerHour so many messages beside first rings one person may get; what is beyond is
 *     held back
 * @param exerciseShare the part of each quota that exercises may use, 0 to 1
 */
public record ChannelPlan(
    String name,
    List<ProviderPlan> providers,
    @Nullable Duration reportWithin,
    int followUpsPerHour,
    double exerciseShare) {
  public ChannelPlan {
    providers = List.copyOf(providers);
  }

  /**
   * One account with a provider.
   *
   * @param name its own, in metrics, timelines and callback addresses
   * @param limit for one attempt
   * @param proxy null for none
   */
  public record ProviderPlan(
      String name,
      ProviderKind.Account account,
      Duration limit,
      @Nullable InetSocketAddress proxy) {}
}
