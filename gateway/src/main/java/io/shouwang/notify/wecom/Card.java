package io.shouwang.notify.wecom;

import io.shouwang.model.Answer;
import io.shouwang.notify.chat.Cut;
import io.shouwang.notify.chat.Sealed;
import io.shouwang.notify.provider.Notice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A card with buttons, as WeCom lays it out, and what is said on it once one was pressed. */
final class Card {
  static final int TITLE_CHARACTERS_MAX = 36;
  static final int DESCRIPTION_CHARACTERS_MAX = 44;
  static final int TEXT_CHARACTERS_MAX = 160;
  private static final int TASK_LENGTH_MAX = 128;

  private Card() {}

  /** A button: the word it answers with, and its name in both languages. */
  enum Button {
    ACCEPT("accept", "我去", "I'm going", 1),
    DECLINE("decline", "去不了", "I can't", 2),
    SPOKE("spoke", "已联系上", "Spoke", 3);

    private final String word;
    private final String chinese;
    private final String english;
    private final int style;

    Button(String word, String chinese, String english, int style) {
      this.word = word;
      this.chinese = chinese;
      this.english = english;
      this.style = style;
    }

    String word() {
      return word;
    }

    String label(boolean inEnglish) {
      return inEnglish ? english : chinese;
    }
  }

  /** What was pressed, and in which language it was asked. */
  record Pressed(Button button, boolean inEnglish) {

    /** From a button's key. */
    static Optional<Pressed> of(String key) {
      for (Button button : Button.values()) {
        if (key.equals(key(button, false)) || key.equals(key(button, true))) {
          return Optional.of(new Pressed(button, key.equals(key(button, true))));
        }
      }
      return Optional.empty();
    }

    /** What the card says afterwards. */
    String told(Answer answer) {
      boolean isTaken = !(answer instanceof Answer.Refused);
      boolean isClosed =
          answer instanceof Answer.Refused refused
              && refused.reason() == Answer.Reason.ALREADY_CLOSED;
      if (isClosed) {
        return inEnglish ? "Closed already" : "已结束";
      }
      return isTaken
          ? (inEnglish ? "Noted: " : "已记录：") + button.label(inEnglish)
          : inEnglish ? "Not taken" : "未被接受";
    }
  }

  private static String key(Button button, boolean inEnglish) {
    return (inEnglish ? "en." : "zh.") + button.word();
  }

  static Map<String, Object> of(Notice notice) {
    boolean inEnglish = notice.language().equals("en");
    String text = Cut.withoutLink(notice.text(), notice.link());
    Map<String, Object> title = new LinkedHashMap<>();
    title.put("title", Cut.characters(Cut.line(notice.title()), TITLE_CHARACTERS_MAX));
    String place = notice.field(Notice.Field.PLACE);
    if (!place.isEmpty()) {
      title.put("desc", Cut.characters(Cut.line(place), DESCRIPTION_CHARACTERS_MAX));
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("card_type", "button_interaction");
    card.put("main_title", title);
    card.put("sub_title_text", Cut.characters(text, TEXT_CHARACTERS_MAX));
    if (!notice.link().isEmpty()) {
      card.put("card_action", Map.of("type", 1, "url", notice.link()));
    }
    card.put("task_id", task(notice.key()));
    card.put(
        "button_list",
        List.of(
            button(Button.ACCEPT, inEnglish),
            button(Button.DECLINE, inEnglish),
            button(Button.SPOKE, inEnglish)));
    return card;
  }

  private static Map<String, Object> button(Button button, boolean inEnglish) {
    return Map.of(
        "text", button.label(inEnglish), "style", button.style, "key", key(button, inEnglish));
  }

  /** A delivery's key in the letters WeCom allows a task: the dot is an at sign. */
  static String task(String key) {
    return key.matches("[A-Za-z0-9_.-]+") && key.length() <= TASK_LENGTH_MAX
        ? key.replace('.', '@')
        : "@@" + Sealed.name(key);
  }

  /** The delivery's key; null if it could not be written as a task. */
  static @Nullable String key(String task) {
    return task.startsWith("@@") ? null : task.replace('@', '.');
  }
}
