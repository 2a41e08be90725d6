package io.shouwang.notify.segment;

import io.shouwang.model.Payload;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which part of which longer message this is (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).
 *
 * @param reference the same in all parts of one message
 * @param total parts, 1 to 255
 * @param number of this part, from 1
 */
public record Concatenation(int reference, int total, int number) {
  private static final int EIGHT_BIT = 0x00;
  private static final int SIXTEEN_BIT = 0x08;

  public Concatenation {
    if (total < 1 || total > 255 || number < 1 || number > total) {
      throw new IllegalArgumentException("part " + number + " of " + total);
    }
  }

  /** The part's content behind a user data header of six bytes with an 8 bit reference. */
  public byte[] before(byte[] content) {
    byte[] all = new byte[6 + content.length];
    all[0] = 5;
    all[1] = EIGHT_BIT;
    all[2] = 3;
    all[3] = (byte) reference;
    all[4] = (byte) total;
    all[5] = (byte) number;
    System.arraycopy(content, 0, all, 6, content.length);
    return all;
  }

  /**
   * User data taken apart.
   *
   * @param part empty if the header says nothing about parts
   */
  public record Opened(Optional<Concatenation> part, Payload content) {}

  /** Takes the header off; empty if it is broken. */
  public static Optional<Opened> open(byte[] data) {
    if (data.length == 0 || (data[0] & 0xFF) + 1 > data.length) {
      return Optional.empty();
    }
    int end = (data[0] & 0xFF) + 1;
    Optional<Concatenation> part = Optional.empty();
    int at = 1;
    while (at < end) {
      if (at + 2 > end || at + 2 + (data[at + 1] & 0xFF) > end) {
        return Optional.empty();
      }
      int length = data[at + 1] & 0xFF;
      try {
        if (data[at] == EIGHT_BIT && length == 3) {
          part =
              Optional.of(new Concatenation(at(data, at + 2), at(data, at + 3), at(data, at + 4)));
        } else if (data[at] == SIXTEEN_BIT && length == 4) {
          int reference = (at(data, at + 2) << 8) | at(data, at + 3);
          part = Optional.of(new Concatenation(reference, at(data, at + 4), at(data, at + 5)));
        }
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
      at += 2 + length;
    }
    return Optional.of(new Opened(part, Payload.of(Arrays.copyOfRange(data, end, data.length))));
  }

  private static int at(byte[] data, int index) {
    return data[index] & 0xFF;
  }
}
