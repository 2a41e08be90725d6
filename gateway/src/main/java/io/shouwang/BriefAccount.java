package io.shouwang;

import io.shouwang.host.Clock;
import io.shouwang.notify.ChannelPlan;
import io.shouwang.notify.Channels;
import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Verdict;
import java.util.List;

/**
 * An account with a provider that is opened for each message and closed after it. A second one that
 * stood all the time beside the notifier's would take half of what an operator's centre sends back,
 * and many allow but one line. Any thread.
 */
final class BriefAccount implements Provider {
  private final ChannelPlan.ProviderPlan plan;
  private final Reception back;
  private final Clock clock;

  /**
   * @param back takes what comes in meanwhile: an answer on this line is an answer
   */
  BriefAccount(ChannelPlan.ProviderPlan plan, Reception back, Clock clock) {
    this.plan = plan;
    this.back = back;
    this.clock = clock;
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public Audience audience() {
    return Audience.PERSON;
  }

  /** The notifier keeps them. */
  @Override
  public List<Quota> quotas() {
    return List.of();
  }

  @Override
  public Verdict submit(Notice notice) {
    try (Http http = new Http(plan.limit(), plan.proxy());
        Provider provider = Channels.open(plan, back, http, clock)) {
      return provider.submit(notice);
    }
  }

  @Override
  public void close() {
    // nothing is open between two messages
  }
}
