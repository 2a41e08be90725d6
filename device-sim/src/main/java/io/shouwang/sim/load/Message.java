package io.shouwang.sim.load;

/** One message to be published for a device. The payload isn't copied: it is made once and sent. */
@SuppressWarnings("ArrayRecordComponent")
public record Message(String device, String topic, byte[] payload) {}
