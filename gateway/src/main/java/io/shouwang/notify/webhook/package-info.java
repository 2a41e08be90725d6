/** Webhooks to a service organization's own system, signed as Standard Webhooks says. */
@NullMarked
package io.shouwang.notify.webhook;

import org.jspecify.annotations.NullMarked;
