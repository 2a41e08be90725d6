package io.shouwang.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/** A server's certificate made for one test, and the configuration that names it. */
final class Pems {
  private static final String PASSWORD = "changeit";

  private Pems() {}

  /** Makes the files; returns the listeners for {@code gateway.yaml}, on free ports. */
  static String tls(Path folder) throws IOException, GeneralSecurityException {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey("k", PASSWORD.toCharArray());
    if (key == null) {
      throw new IOException("keytool made no key");
    }
    Path certificate = folder.resolve("server.pem");
    Path secret = folder.resolve("server-key.pem");
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("k").getEncoded()));
    Files.writeString(secret, pem("PRIVATE KEY", key.getEncoded()));
    return "  tls:\n    host: 127.0.0.1\n    port: 0\n    certificate: "
        + certificate
        + "\n    key: "
        + secret
        + "\n";
  }

  private static String pem(String what, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }
}
