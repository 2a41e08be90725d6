package io.shouwang.engine;

import io.shouwang.alerts.World;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** The demo district with a fault: it throws when a decision asks for one device. */
final class BrokenDirectory {
  private BrokenDirectory() {}

  /** Finding the device's home works; every later question about it fails. */
  static World brokenFor(String device) {
    World world = EngineFixture.WORLD;
    AtomicInteger asked = new AtomicInteger();
    Directory broken =
        (Directory)
            Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("placement")
                      && arguments[0].equals(new DeviceId(device))
                      && asked.incrementAndGet() > 1) {
                    throw new IllegalStateException("a fault in the registry");
                  }
                  try {
                    return method.invoke(world.directory(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new World(broken, world.rules(), world.ladders());
  }
}
