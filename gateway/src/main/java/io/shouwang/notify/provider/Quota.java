package io.shouwang.notify.provider;

import java.time.Duration;

/**
 * So many messages within a window.
 *
 * @param perRecipient counts each address by itself; if not, all of the account together
 */
public record Quota(int most, Duration within, boolean perRecipient) {}
