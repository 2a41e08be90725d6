package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.District;
import io.shouwang.wording.Wording;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made once for many is given to nobody who may see less, or has more to do with it. */
final class TellingsTest {
  private static final String NAME = "王秀英";

  private final Clock clock =
      new Clock() {
        @Override
        public Instant wall() {
          return site.engine.now();
        }

        @Override
        public long nanos() {
          return 0;
        }
      };
  private final Tellings tellings =
      new Tellings(Wording::person, clock, ZoneOffset.UTC, number -> "e-" + number);
  private Site site;
  private LiveFeed.Change raised;

  @BeforeEach
  void press() throws Exception {
    site = new Site();
    AlertId id = site.press("sos-1");
    raised = new LiveFeed.Change(1, site.engine.find(id).orElseThrow());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static Caller of(String id, AreaId area, OperatorRole... roles) {
    return new Caller.OfOperator(new Operator(new ResponderId(id), id, Set.of(roles), area));
  }

  private static Caller dispatcher(String id) {
    return of(id, District.EAST, OperatorRole.DISPATCHER);
  }

  private byte[] told(LiveFeed.Change change, Caller caller) {
    return tellings.of(change, caller, site.engine.district, Wording.ZH);
  }

  private static String text(byte[] told) {
    return new String(told, StandardCharsets.UTF_8);
  }

  @Test
  void seatsOfTheSameRightsAreGivenTheSameBytes() {
    byte[] east = told(raised, dispatcher("east"));
    assertSame(east, told(raised, dispatcher("another")));
    assertTrue(text(east).startsWith("id: e-1\nevent: alert\ndata: {\"alert\":\""), text(east));
    assertTrue(text(east).endsWith("}\n\n"));
    assertTrue(text(east).contains(NAME));
  }

  @Test
  void whoMaySeeLessIsToldLess() {
    byte[] dispatcher = told(raised, dispatcher("east"));
    byte[] supervisor = told(raised, of("viewer", District.EAST, OperatorRole.SUPERVISOR));
    assertTrue(text(dispatcher).contains(NAME));
    assertTrue(text(supervisor).contains("\"masked\":true") && !text(supervisor).contains(NAME));
    assertSame(dispatcher, told(raised, dispatcher("east")), "also after the other");
    byte[] responder = told(raised, new Caller.OfResponder(new ResponderId("daughter")));
    assertTrue(text(responder).contains(NAME) && !text(responder).contains("\"mine\""));
  }

  @Test
  void whoHasItInHandHearsThatItIsTheirs() throws Exception {
    AlertId id = raised.seen().alert().id();
    site.post(Site.ALERTS + "/" + id + "/replies", Site.bearer("east"), "{\"reply\":\"accept\"}");
    LiveFeed.Change accepted = new LiveFeed.Change(2, site.engine.find(id).orElseThrow());
    assertTrue(text(told(accepted, dispatcher("another"))).contains("\"mine\":false"));
    assertTrue(text(told(accepted, dispatcher("east"))).contains("\"mine\":true"));
  }

  @Test
  void whatMayHaveBecomeAnotherIsMadeAnew() {
    byte[] first = told(raised, dispatcher("east"));
    assertNotSame(first, tellings.of(raised, dispatcher("east"), site.engine.district, Wording.EN));
    Directory renamed = new District();
    assertNotSame(first, tellings.of(raised, dispatcher("east"), renamed, Wording.ZH));
    site.engine.setNow(
        site.engine.now().plusSeconds(1).toString()); // how long ago something was has changed
    assertNotSame(first, told(raised, dispatcher("east")));
    assertEquals(
        text(first).substring(0, 7), text(told(raised, dispatcher("east"))).substring(0, 7));
  }

  @Test
  void itKeepsNoMoreThanIsNeeded() {
    byte[] first = told(raised, dispatcher("east"));
    for (int number = 2; number < 2_000; number++) {
      told(new LiveFeed.Change(number, raised.seen()), dispatcher("east"));
    }
    assertNotSame(first, told(raised, dispatcher("east")));
    assertEquals(1_024, tellings.kept());
    tellings.of(raised, dispatcher("east"), new District(), Wording.ZH);
    assertEquals(1, tellings.kept(), "no generation of the registry is held on to");
  }

  @Test
  void whatCantBePutIntoWordsIsToldBarely() {
    Directory broken =
        (Directory)
            Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (_, method, _) -> {
                  throw new IllegalStateException("a mistake of ours in " + method.getName());
                });
    String told = text(tellings.of(raised, dispatcher("east"), broken, Wording.ZH));
    assertTrue(told.contains("\"kind\":\"sos\"") && told.contains("\"state\":\"ringing\""), told);
    assertTrue(told.contains("\"home\":{\"id\":\"h-001\"}"), told);
  }
}
