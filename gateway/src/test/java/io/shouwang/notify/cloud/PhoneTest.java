package io.shouwang.notify.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PhoneTest {

  @Test
  void the_mainland_dials_eleven_digits() {
    Phone mobile = Phone.of("+8613800138000").orElseThrow();
    assertEquals(Optional.of("13800138000"), mobile.mainlandMobile());
    assertEquals(Optional.of("13800138000"), mobile.mainlandLine());
    Phone landline = Phone.of("+862512345678").orElseThrow();
    assertEquals(Optional.empty(), landline.mainlandMobile());
    assertEquals(Optional.of("02512345678"), landline.mainlandLine());
    Phone abroad = Phone.of("+85251234567").orElseThrow();
    assertEquals(Optional.empty(), abroad.mainlandLine());
  }

  @Test
  void however_a_provider_writes_it_back_it_is_the_same_number() {
    for (String written :
        List.of(
            "13800138000", "8613800138000", "+8613800138000", "008613800138000", " 13800138000 ")) {
      assertEquals(Optional.of(new Phone("+8613800138000")), Phone.pushed(written), written);
    }
    assertEquals(Optional.of(new Phone("+862512345678")), Phone.pushed("02512345678"));
    assertEquals(Optional.of(new Phone("+85251234567")), Phone.pushed("85251234567"));
  }

  @Test
  void what_is_none_is_refused() {
    for (String none :
        List.of("", "1381111****", "+0123", "tel:+8613800138000", "1", "+86138001380001234")) {
      assertEquals(Optional.empty(), Phone.of(none), none);
      assertEquals(Optional.empty(), Phone.pushed(none), none);
    }
  }
}
