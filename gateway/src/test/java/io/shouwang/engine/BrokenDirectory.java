package io.shouwang.engine;

import io.shouwang.alerts.World;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/** The demo district with a fault: it throws when a decision asks for one device. */
final class BrokenDirectory {
  private BrokenDirectory() {}

  /** Finding the device's home works; every later question about it fails. */
  static World brokenFor(String device) {
    AtomicInteger asked = new AtomicInteger();
    return broken((method, argument) ->
        method.equals("placement")
            && argument.equals(new DeviceId(device))
            && asked.incrementAndGet() > 1);
  }

  /** Nobody can be found for a home: neither contacts nor desks. */
  static World brokenIn(String home) {
    return broken((method, argument) ->
        (method.equals("contacts") || method.equals("desks")) && argument.equals(new HomeId(home)));
  }

  private static World broken(BiPredicate<String, Object> fails) {
    World world = EngineFixture.WORLD;
    Directory broken =
        (Directory)
            Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (proxy, method, arguments) -> {
                  if (arguments != null && fails.test(method.getName(), arguments[0])) {
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
