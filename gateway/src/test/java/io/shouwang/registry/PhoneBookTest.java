package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.model.Directory.CallerAt;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose number it is, however the exchange writes it. */
final class PhoneBookTest {
  private static final Registry DEMO = TestRegistry.demo();

  @Test
  void a_number_finds_home_and_elder_however_it_is_written() {
    List<CallerAt> lin =
        List.of(
            new CallerAt(new HomeId("h-001"), null),
            new CallerAt(new HomeId("h-001"), new ElderId("e-001")));
    assertEquals(lin, DEMO.callers("000-5550-0101"));
    assertEquals(lin, DEMO.callers("00055500101"));
    assertEquals(lin, DEMO.callers(" 000 5550 0101 "));
  }

  @Test
  void a_number_of_two_in_one_home_names_both() {
    List<CallerAt> couple = DEMO.callers("00055500103");
    assertEquals(3, couple.size());
    assertEquals(1, couple.stream().map(CallerAt::home).distinct().count());
  }

  @Test
  void a_number_nobody_has_or_that_is_none_finds_nobody() {
    for (String number :
        List.of("13900000000", "", "8001", "<script>", "1".repeat(1_000), "+", "000-5550")) {
      assertEquals(List.of(), DEMO.callers(number), number);
    }
  }

  @Test
  void two_numbers_in_one_field_are_two_and_one_shared_by_many_homes_is_bounded() {
    RowTable homes = new RowTable(5);
    RowTable elders = new RowTable(7);
    homes.add("a", "", "0513-85550101/13800000000", "", "");
    for (int i = 0; i < 30; i++) {
      homes.add("b" + i, "", "13900000000", "", "");
    }
    PhoneBook book = new PhoneBook(homes, elders);
    assertEquals(1, book.homes("+8613800000000").count());
    assertEquals(1, book.homes("051385550101").count());
    assertEquals(PhoneBook.SHARED_MAX, book.homes("139 0000 0000").count());
  }
}
