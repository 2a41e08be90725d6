package io.shouwang.alerts;

import io.shouwang.model.Answer;
import io.shouwang.model.CareContact;
import io.shouwang.model.ContactReport;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.Input;
import io.shouwang.model.Role;
import io.shouwang.rules.Duties;
import io.shouwang.rules.LimitsBook;
import io.shouwang.senses.DeviceSense;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Contacts with elders: visits and calls that people record, and "I'm well" by a device. */
final class Care {
  private Care() {}

  static Answer take(Draft draft, Input.ContactRecorded input) {
    ContactReport report = input.report();
    Directory directory = draft.world.directory();
    Set<Role> roles =
        input.dispatcher()
            ? Set.of(Role.DUTY_DESK)
            : directory.roles(draft.home().id(), report.elder(), input.by());
    if (roles.isEmpty()) {
      return new Answer.Refused(
          Answer.Reason.NOT_ASKED, "only who answers for this elder may record a contact");
    }
    Instant at = report.at();
    CareContact contact =
        new CareContact(
            report.elder(),
            report.means(),
            input.by().value(),
            at == null || at.isAfter(draft.now()) ? draft.now() : at,
            roles,
            report.result(),
            keyOf(input, draft.stamp.number()));
    if (!note(draft, contact)) {
      return new Answer.Repeated();
    }
    Conditions.settle(draft, draft.look(draft.home().senses(), null));
    return new Answer.Taken();
  }

  /** Tells the same record sent twice, and where its note is kept. */
  static long keyOf(Input.ContactRecorded input, long number) {
    String id = input.report().id();
    return id == null
        ? Derived.key("contact", Long.toString(number)).high()
        : Derived.key("contact", input.by().value(), id).high();
  }

  /** "I'm well" counts for the one who wears the device, or lives alone where it hangs. */
  static void checkin(Draft draft, DeviceEvent event) {
    ElderId elder = elderOf(draft, event.device());
    DeviceSense sense = draft.home().senses().device(event.device());
    if (elder == null || sense == null) {
      return;
    }
    long key =
        event.isIdentified()
            ? event.key().high()
            : Derived.key(event.key().toString(), Long.toString(draft.stamp.number())).high();
    note(
        draft,
        new CareContact(
            elder,
            CareContact.Means.CHECKIN,
            event.device().value(),
            Instant.ofEpochMilli(sense.happenedAt(event, draft.now().toEpochMilli())),
            Set.of(),
            CareContact.WELL,
            key));
  }

  private static @Nullable ElderId elderOf(Draft draft, DeviceId device) {
    Directory.Placement placement = draft.world.directory().placement(device);
    if (placement != null && placement.elder() != null) {
      return placement.elder();
    }
    Directory.Home home = draft.world.directory().home(draft.home().id());
    List<ElderId> elders = home == null ? List.of() : home.elders();
    return elders.size() == 1 ? elders.getFirst() : null;
  }

  /** Whether it is news. */
  private static boolean note(Draft draft, CareContact contact) {
    for (CareContact known : draft.home().contacts()) {
      if (known.key() == contact.key() && known.elder().equals(contact.elder())) {
        return false;
      }
    }
    LimitsBook book = draft.world.rules().limits();
    Instant forgetBefore =
        Duties.forgetBefore(
            book.of(draft.world.directory(), draft.home().id(), contact.elder()).duties(),
            contact.means(),
            draft.now().atZone(book.zone()));
    draft.add(new Fact.ContactNoted(contact, forgetBefore));
    return true;
  }
}
