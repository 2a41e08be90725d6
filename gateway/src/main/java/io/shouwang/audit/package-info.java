/**
 * Second sight: it says when the gateway is unwell (P9). The auditor reads the journal by itself
 * and compares; the synthetic alarm walks the whole way; the heartbeat leaves the house only while
 * both are content; the alarm rings the duty desk by a way that needs no engine. Knows the engine's
 * journal format and no part of its state.
 */
@NullMarked
package io.shouwang.audit;

import org.jspecify.annotations.NullMarked;
