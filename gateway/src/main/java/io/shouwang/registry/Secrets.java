package io.shouwang.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the gateway keeps of everybody's secrets: per id a salt and HMAC-SHA-256 with the salt as
 * its key. Secrets are random and long, so one HMAC is enough, and a million logins after an outage
 * are cheap. Filled by one thread, then read by any.
 */
public final class Secrets {
  static final int SALT_BYTES = 16;
  static final int HMAC_BYTES = 32;
  private static final int ROW_BYTES = SALT_BYTES + HMAC_BYTES;
  private static final int SECRET_BYTES_MAX = 512;

  private final RowTable ids;
  private byte[] rows;

  /** Those that came or were replaced since the rest was read. */
  private final Map<String, byte[]> later;

  /** Stands in for an id nobody has, so that it costs the same. */
  private final byte[] nobody = new byte[ROW_BYTES];

  Secrets() {
    ids = new RowTable(1);
    rows = new byte[ROW_BYTES * 16];
    later = Map.of();
    new SecureRandom().nextBytes(nobody);
  }

  private Secrets(Secrets before, Map<String, byte[]> later) {
    this.ids = before.ids;
    this.rows = before.rows;
    this.later = later;
    System.arraycopy(before.nobody, 0, nobody, 0, nobody.length);
  }

  /** The same, but for one id; this one must not be added to any more. */
  Secrets with(String id, byte[] salt, byte[] hmac) {
    Map<String, byte[]> more = new HashMap<>(later);
    more.put(id, row(salt, hmac));
    return new Secrets(this, Map.copyOf(more));
  }

  private static byte[] row(byte[] salt, byte[] hmac) {
    byte[] row = Arrays.copyOf(salt, ROW_BYTES);
    System.arraycopy(hmac, 0, row, SALT_BYTES, HMAC_BYTES);
    return row;
  }

  /** How many ids have a secret. */
  public int size() {
    return ids.rows() + (int) later.keySet().stream().filter(id -> ids.find(id) < 0).count();
  }

  public boolean has(String id) {
    return ids.find(id) >= 0 || later.containsKey(id);
  }

  /** Whether the secret is the id's. Takes the same time for an id nobody has. */
  public boolean match(String id, byte[] secret) {
    if (secret.length > SECRET_BYTES_MAX) {
      return false;
    }
    byte[] own = later.get(id);
    int row = own == null ? ids.find(id) : 0;
    byte[] from = own != null ? own : row < 0 ? nobody : rows;
    int at = own != null || row < 0 ? 0 : row * ROW_BYTES;
    byte[] expected = Arrays.copyOfRange(from, at + SALT_BYTES, at + ROW_BYTES);
    boolean same =
        MessageDigest.isEqual(
            expected, hmac(Arrays.copyOfRange(from, at, at + SALT_BYTES), secret));
    return same && row >= 0;
  }

  /** Adds an id with the HMAC of its secret; false if it has one already. */
  boolean add(String id, byte[] salt, byte[] hmac) {
    int row = ids.add(id);
    if (row < 0) {
      return false;
    }
    int at = Math.multiplyExact(row, ROW_BYTES);
    if (at + ROW_BYTES > rows.length) {
      rows = Arrays.copyOf(rows, Math.multiplyExact(rows.length / 2, 3));
    }
    System.arraycopy(salt, 0, rows, at, SALT_BYTES);
    System.arraycopy(hmac, 0, rows, at + SALT_BYTES, HMAC_BYTES);
    return true;
  }

  /** Puts the HMAC of an id's secret in place of the one before, or adds it. While it is filled. */
  void put(String id, byte[] salt, byte[] hmac) {
    int row = ids.find(id);
    if (row >= 0) {
      System.arraycopy(row(salt, hmac), 0, rows, row * ROW_BYTES, ROW_BYTES);
    } else if (!add(id, salt, hmac)) {
      throw new IllegalStateException("an id that isn't there can be added");
    }
  }

  String id(int row) {
    return ids.id(row);
  }

  byte[] salt(int row) {
    return Arrays.copyOfRange(rows, row * ROW_BYTES, row * ROW_BYTES + SALT_BYTES);
  }

  byte[] hmac(int row) {
    return Arrays.copyOfRange(rows, row * ROW_BYTES + SALT_BYTES, (row + 1) * ROW_BYTES);
  }

  static byte[] hmac(byte[] salt, byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(salt, "HmacSHA256"));
      return mac.doFinal(secret);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA256", missing);
    }
  }

  static byte[] hmac(byte[] salt, String secret) {
    return hmac(salt, secret.getBytes(StandardCharsets.UTF_8));
  }
}
