package io.shouwang.ingest.mqtt;

import io.shouwang.intake.Acknowledgement;
import io.shouwang.journal.Receipt;
import io.shouwang.model.Answer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The PUBACK of one PUBLISH, due when all that it held is on disk. A device's event is acknowledged
 * for being taken in, whatever is made of it; a responder is told when its answer changed nothing.
 */
final class PublishAck implements Acknowledgement {
  private final Inbound to;
  private final LoopRoom room;
  private final int packetId;
  private final boolean tellsAnswer;
  private final AtomicInteger awaited;
  private volatile Reason reason = Reason.SUCCESS;

  PublishAck(Inbound to, LoopRoom room, int packetId, int awaited, boolean tellsAnswer) {
    this.to = to;
    this.room = room;
    this.packetId = packetId;
    this.awaited = new AtomicInteger(awaited);
    this.tellsAnswer = tellsAnswer;
  }

  @Override
  public void synced(Receipt receipt, long number, Answer answer) {
    if (tellsAnswer && answer instanceof Answer.Refused refused) {
      reason =
          refused.reason() == Answer.Reason.NOT_ASKED
              ? Reason.NOT_AUTHORIZED
              : Reason.IMPLEMENTATION_SPECIFIC;
    }
    if (awaited.decrementAndGet() == 0) {
      room.acknowledged(this);
    }
  }

  Inbound to() {
    return to;
  }

  int packetId() {
    return packetId;
  }

  Reason reason() {
    return reason;
  }
}
