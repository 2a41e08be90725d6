package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Home;
import io.shouwang.intake.EventReader;
import io.shouwang.intake.Lane;
import io.shouwang.journal.JournalReader;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.Synthetic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The synthetic press in the engine: it rings nobody, is shown nowhere, and leaves nothing. */
final class SyntheticTest {
  private static final String DEVICE = Synthetic.DEVICE.value();

  private static void pressAndClose(EngineFixture at, int number) throws Exception {
    assertInstanceOf(Answer.Taken.class, at.event(DEVICE, "sos", "{\"id\":\"s" + number + "\"}"));
    Alert alert = at.engine.alerts().synthetic().getFirst().alert();
    Reply reply = new Reply("d" + number, alert.id(), Reply.Answer.DONE, null, "synthetic", null);
    at.offer(Lane.ALARM, new Input.ReplyReceived(reply, Synthetic.RESPONDER, false, "mqtt"));
    at.settle();
    assertInstanceOf(Answer.Taken.class, at.answers.getLast());
  }

  @Test
  void it_rings_the_synthetic_responder_and_nobody_else_however_long() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      List<AlertBook.Seen> told = new ArrayList<>();
      at.engine.alerts().watch(told::add);
      at.event(DEVICE, "sos", "{\"id\":\"s1\"}");
      for (int i = 0; i < 40; i++) {
        at.advance(Duration.ofSeconds(30));
      }
      Set<String> rung =
          at.effects.stream()
              .map(effect -> effect.delivery().to())
              .filter(Delivery.ToResponder.class::isInstance)
              .map(to -> ((Delivery.ToResponder) to).responder().value())
              .collect(Collectors.toSet());
      assertEquals(Set.of(Synthetic.RESPONDER.value()), rung);
      assertEquals(List.of(), at.engine.alerts().open());
      assertEquals(List.of(), told);
      Alert alert = at.engine.alerts().synthetic().getFirst().alert();
      assertTrue(alert.marks().synthetic() && alert.marks().exercise());
      assertTrue(at.engine.alerts().find(alert.id()).isPresent(), "the channels find it");
    }
  }

  @Test
  void a_day_of_them_leaves_next_to_nothing_and_nothing_in_the_archive() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      for (int i = 0; i < 1_440; i++) {
        pressAndClose(at, i);
        at.advance(Duration.ofSeconds(60));
      }
      Home home = at.engine.state().home(Synthetic.HOME);
      assertTrue(home.alerts().size() <= Home.CLOSED_ALERTS_MAX, "alerts " + home.alerts().size());
      assertTrue(home.seen().size() <= 12, "seen " + home.seen().size());
      assertEquals(List.of(), at.engine.alerts().open());
      assertEquals(List.of(), at.engine.alerts().closed());
      new JournalReader(at.disk, EngineFixture.DATA.resolve("journal"))
          .read(
              1,
              (_, body) -> {
                ByteBuffer kept = Distilling.distil(body.duplicate());
                List<Decided> left = new ArrayList<>();
                if (kept != null) {
                  BatchCodec.read(kept, left::add);
                }
                assertEquals(List.of(), left);
              });
    }
  }

  @Test
  void one_that_nobody_closed_is_taken_up_by_the_next() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event(DEVICE, "sos", "{\"id\":\"lost\"}");
    at.clock.advance(Duration.ofMinutes(3));
    at = at.restarted();
    pressAndClose(at, 7);
    assertEquals(List.of(), at.engine.alerts().synthetic());
    at.close();
  }

  @Test
  void a_hub_that_names_its_child_so_rings_like_any_other() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      var through =
          EventReader.readOne(
              Synthetic.DEVICE,
              new DeviceId("demo-hub-005"),
              Kind.SOS,
              null,
              "{}".getBytes(StandardCharsets.UTF_8));
      assertFalse(Synthetic.isPress(through));
      at.offer(Lane.ALARM, new Input.EventReceived(through));
      at.settle();
      assertEquals(1, at.engine.alerts().open().size(), "a real alert");
      assertNull(at.engine.alerts().synthetic().stream().findFirst().orElse(null));
    }
  }
}
