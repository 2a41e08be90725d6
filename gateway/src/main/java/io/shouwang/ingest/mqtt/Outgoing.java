package io.shouwang.ingest.mqtt;

import io.shouwang.model.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message for a client.
 *
 * @param token the sender's own name for it: what is on its way to a client isn't sent again
 * @param expiresAt after this it isn't handed over any more; null for never
 */
public record Outgoing(String token, Payload payload, @Nullable Instant expiresAt) {}
