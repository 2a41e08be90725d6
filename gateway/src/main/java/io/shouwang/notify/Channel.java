package io.shouwang.notify;

import io.shouwang.alerts.Effect;

/** A way to reach somebody. Called by its bulkhead's one thread, which it may block. */
public interface Channel {
  /** The name in metrics and logs. */
  String name();

  /** Sends, or keeps for when the recipient can be reached; reports an outcome in the end. */
  void deliver(Effect effect);

  /** Looks after what waits: gives up what has expired. Called every few seconds. */
  void tend();
}
