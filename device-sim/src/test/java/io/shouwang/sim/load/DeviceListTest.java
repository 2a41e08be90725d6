package io.shouwang.sim.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.load.DeviceList.Listed;
import io.shouwang.sim.wire.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceListTest {
  @TempDir Path folder = Path.of("");

  @Test
  void devicesWithAHomeAndASecretAreTaken() throws Exception {
    assertEquals(
        List.of(new Listed("a", "h-1"), new Listed("c", "h-3")),
        read(
            """
            # the demo district
            id,"the, kind",home,note
            a,"sos, red",h-1,x
            b,sos,,no home
            c,sos,"h-3",
            stranger,sos,h-4,no secret
            """));
  }

  @Test
  void aMissingColumnCellOrFileIsNamed() {
    message("id,house\na,h-1\n", "devices.csv:1: needs the columns id and home, has [id, house]");
    message("id,kind,home\na,sos\n", "devices.csv:2: has 2 cells");
    var e =
        assertThrows(IOException.class, () -> DeviceList.read(folder.resolve("none"), secrets()));
    assertTrue(String.valueOf(e.getMessage()).contains("--registry"));
  }

  private void message(String csv, String expected) {
    var e = assertThrows(IOException.class, () -> read(csv));
    assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
  }

  private List<Listed> read(String csv) throws IOException {
    Files.writeString(folder.resolve("devices.csv"), csv);
    return DeviceList.read(folder, secrets());
  }

  private Secrets secrets() throws IOException {
    return Secrets.read(
        Files.writeString(folder.resolve("secrets.csv"), "id,secret\na,1\nb,2\nc,3\n"));
  }
}
