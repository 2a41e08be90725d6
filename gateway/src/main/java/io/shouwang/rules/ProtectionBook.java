package io.shouwang.rules;

import io.shouwang.model.HomeId;

/** What protects whom, by what is on disk and the limits in force. Any thread. */
public interface ProtectionBook {

  /** A home's protection now; costs about a microsecond a device. */
  Protection of(HomeId home);
}
