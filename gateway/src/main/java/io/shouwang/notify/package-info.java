/**
 * Stage 5 of 6: performs effects. In: what was decided, with its receipt. Out: messages to
 * responders and to the wearer's device, and their outcomes as inputs. Each channel behind its own
 * bulkhead.
 */
@NullMarked
package io.shouwang.notify;

import org.jspecify.annotations.NullMarked;
