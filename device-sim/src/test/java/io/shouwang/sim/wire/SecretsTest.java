package io.shouwang.sim.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void headerCommentsAndQuotesAreUnderstood() throws Exception {
    Secrets secrets = read("id,secret\n# ours\n\nsos-1,s3cr,et\n\"band-1\",\"a\"\"b\"\n");
    assertEquals("s3cr,et", secrets.login("sos-1").secret());
    assertEquals("a\"b", secrets.login("band-1").secret());
    assertEquals("sos-1", secrets.login("sos-1").clientId());
    assertEquals("sos-1.phone", secrets.login("sos-1").client("phone").clientId());
    assertFalse(secrets.knows("id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sos-1 TOPSECRET       | :2: no comma; write id,secret
          'sos 1,TOPSECRET'     | :2: the id may hold letters
          'sos-1,'              | :2: no secret after the comma for sos-1
          """)
  void aMistakeIsNamedByLineWithItsRemedyAndWithoutTheSecret(String line, String expected) {
    IOException e = assertThrows(IOException.class, () -> read("id,secret\n" + line + "\n"));
    assertTrue(String.valueOf(e.getMessage()).contains("secrets.csv" + expected), e.getMessage());
    assertFalse(String.valueOf(e.getMessage()).contains("TOPSECRET"));
  }

  @Test
  void anIdTwiceIsRefused() {
    IOException e = assertThrows(IOException.class, () -> read("a,1\nb,2\na,3\n"));
    assertTrue(String.valueOf(e.getMessage()).contains(":3: a is there twice"), e.getMessage());
  }

  @Test
  void aMissingFileAndAMissingIdSayWhatHelps() throws Exception {
    IOException none =
        assertThrows(IOException.class, () -> Secrets.read(folder.resolve("none.csv")));
    assertTrue(String.valueOf(none.getMessage()).contains("--secrets"));
    IOException id = assertThrows(IOException.class, () -> read("a,1\n").login("b"));
    assertTrue(String.valueOf(id.getMessage()).contains("no secret for b"));
  }

  @Test
  void aSecretIsNeverPrinted() throws Exception {
    Secrets secrets = read("a,TOPSECRET\n");
    assertFalse((secrets + " " + secrets.login("a")).contains("TOPSECRET"));
  }

  private Secrets read(String text) throws IOException {
    Path file = folder.resolve("secrets.csv");
    Files.writeString(file, text);
    return Secrets.read(file);
  }
}
