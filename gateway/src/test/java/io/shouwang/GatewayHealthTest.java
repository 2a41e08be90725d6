package io.shouwang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What everybody may read of how the gateway is. */
final class GatewayHealthTest {
  @Test
  void a_provider_that_refuses_our_settings_shows_and_nothing_that_it_said() {
    assertEquals(
        List.of(
            "provider aliyun refuses our settings; the log says why",
            "provider robot refuses our settings; the log says why"),
        GatewayHealth.ofChannels(
            List.of(
                "robot: misconfigured (sign not match: key=abc)",
                "aliyun: misconfigured (InvalidAccessKeyId)",
                "robot: misconfigured (again)")));
    assertEquals(List.of(), GatewayHealth.ofChannels(List.of()));
  }
}
