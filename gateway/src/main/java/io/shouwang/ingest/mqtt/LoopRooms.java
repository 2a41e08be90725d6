package io.shouwang.ingest.mqtt;

import io.netty.util.concurrent.EventExecutor;
import io.shouwang.intake.Intake;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A room per event loop, for as long as it has connections or holds messages: a simulation makes a
 * loop per connection. Any thread.
 */
final class LoopRooms {
  private final Intake intake;
  private final AtomicLong heldBytesInAll;
  private final Map<EventExecutor, Tenancy> rooms = new ConcurrentHashMap<>();

  private record Tenancy(LoopRoom room, int tenants) {}

  LoopRooms(Intake intake, AtomicLong heldBytesInAll) {
    this.intake = intake;
    this.heldBytesInAll = heldBytesInAll;
  }

  LoopRoom enter(EventExecutor loop) {
    return rooms
        .compute(
            loop,
            (key, tenancy) ->
                tenancy == null
                    ? new Tenancy(new LoopRoom(loop, intake, heldBytesInAll), 1)
                    : new Tenancy(tenancy.room(), tenancy.tenants() + 1))
        .room();
  }

  /** The room lives on by itself while messages of a connection that has left wait in it. */
  void leave(EventExecutor loop) {
    rooms.computeIfPresent(
        loop,
        (key, tenancy) ->
            tenancy.tenants() > 1 ? new Tenancy(tenancy.room(), tenancy.tenants() - 1) : null);
  }
}
