package io.shouwang.notify.provider;

import io.shouwang.model.Payload;
import java.util.Map;

/**
 * One message to one address, worded for its reader and ready to be handed to a provider. The texts
 * are whole: the channel cuts them by its own rule.
 *
 * @param key the delivery's key; the same one twice is the same message, also after a restart
 * @param address in the channel's own form: a phone number in E.164 ({@code +86…}), a user id, an
 *     open id, a URL, a mail address; empty for a channel whose configuration names its only one
 * @param purpose what it is for
 * @param urgent of the alarm class
 * @param exercise of a drill or a device in test mode; the texts say so already
 * @param language {@code zh} or {@code en}
 * @param title one line
 * @param text a few lines, with the link if there is one
 * @param link the signed one-tap page; empty if there is none
 * @param code what an answer by text names when several alerts are open; empty if it need not
 * @param fields parts of it by name, for providers with templates of their own: see {@link Field}
 * @param json the contract's {@code alerts} message; empty unless the audience is a system
 */
public record Notice(
    String key,
    String address,
    Purpose purpose,
    boolean urgent,
    boolean exercise,
    String language,
    String title,
    String text,
    String link,
    String code,
    Map<Field, String> fields,
    Payload json) {
  public Notice {
    fields = Map.copyOf(fields);
  }

  /** A part; empty if there is none. */
  public String field(Field field) {
    return fields.getOrDefault(field, "");
  }

  /** What a message is for. */
  public enum Purpose {
    /** It asks its reader to come, and takes an answer. */
    RING,
    /** It tells how things stand; no answer is expected. */
    NEWS,
    /** It carries a code that proves the address is theirs. */
    VERIFY,
    /** An administrator tries the channel. */
    TEST
  }

  /** The parts that a provider's template may ask for, by their words in lower case. */
  public enum Field {
    /** "SOS", "跌倒". */
    KIND,
    /** The elder as this audience may know them: a name for a person, empty for a group. */
    ELDER,
    /** Surname and stars: 林**. Empty for a group. */
    ELDER_MASKED,
    /** To the door for a person; the building or area for a group. */
    PLACE,
    /** Civil time, short: 14:02. */
    TIME,
    /** Why it rings, in one line; empty for a group. */
    WHY,
    /** The alert's number as people say it. */
    ALERT,
    /** Who is coming; empty if nobody. */
    COMING,
    /** The reply code. */
    CODE,
    /** The signed one-tap page. */
    LINK,
    /** The last part of the link, for templates with a fixed address. */
    LINK_TOKEN
  }
}
