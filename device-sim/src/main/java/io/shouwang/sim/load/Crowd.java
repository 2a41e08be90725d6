package io.shouwang.sim.load;

import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.WireException;
import java.util.List;
import java.util.function.Consumer;

/** Many connected devices and one responder. Closing says goodbye to all. */
public interface Crowd extends OpenLoop.Publisher, AutoCloseable {

  /** Connects all devices, some at a time; the first that fails ends it. */
  void connect(List<Login> devices) throws WireException, InterruptedException;

  /** Connects a responder; {@code ear} hears its alerts, each acknowledged when it returns. */
  void listen(Login responder, Consumer<byte[]> ear) throws WireException, InterruptedException;

  /** How often a standing connection broke. */
  long disconnects();

  @Override
  void close();
}
