package io.shouwang.intake;

/** Checks what a device or a responder says it is. Any thread; must not block. */
@FunctionalInterface
public interface Credentials {
  /** Whether the secret belongs to the identity. False for an identity nobody registered. */
  boolean accept(String identity, byte[] secret);
}
