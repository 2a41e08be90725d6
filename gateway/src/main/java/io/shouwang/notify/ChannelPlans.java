package io.shouwang.notify;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of {@code channels.yaml}.
 *
 * @param publicUrl where people's phones reach this gateway's one-tap pages; null if they can't
 */
public record ChannelPlans(@Nullable URI publicUrl, List<ChannelPlan> channels) {
  public static final ChannelPlans NONE = new ChannelPlans(null, List.of());

  public ChannelPlans {
    channels = List.copyOf(channels);
  }
}
