package io.shouwang.notify.cloud;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which delivery went out under which name lately, for providers that echo nothing of ours.
 * Bounded: the oldest gives way, and after a restart it is empty; what is not found here is found
 * by the journalled id, or by the sender's number. Any thread.
 */
public final class RecentKeys {
  private static final int MOST = 20_000;

  private final LinkedHashMap<String, String> keys =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  public synchronized void put(String name, String key) {
    keys.remove(name);
    keys.put(name, key);
  }

  public synchronized @Nullable String find(String name) {
    return keys.get(name);
  }
}
