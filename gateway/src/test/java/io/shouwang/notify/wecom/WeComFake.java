package io.shouwang.notify.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.engine.ManualClock;
import io.shouwang.notify.chat.ChatFake;
import io.shouwang.notify.chat.SealedTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A WeCom with one corporation, one application and one member, zhangsan. */
final class WeComFake extends ChatFake {
  final Semaphore updated = new Semaphore(0);
  private int tokens;
  private int refusing;
  private int shown;

  WeComFake(ManualClock clock) throws IOException {
    super(clock);
  }

  @Override
  protected boolean isMessage(Call call) {
    return call.path().equals("/cgi-bin/message/send");
  }

  synchronized int tokens() {
    return tokens;
  }

  /** What the member saw: more than 30 a minute are dropped without a word. */
  synchronized int shown() {
    return shown;
  }

  /** The token in force is answered with this code until another one is asked for. */
  synchronized void revoke(int code) {
    refusing = code;
  }

  JsonNode update() {
    return calls.stream()
        .filter(call -> call.path().equals("/cgi-bin/message/update_template_card"))
        .toList()
        .getLast()
        .body();
  }

  @Override
  protected synchronized String answer(Call call) {
    if (call.path().equals("/cgi-bin/gettoken")) {
      if (!"c0rpsecret".equals(call.query().get("corpsecret"))
          || !SealedTest.CORPORATION.equals(call.query().get("corpid"))) {
        return "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}";
      }
      tokens++;
      refusing = 0;
      return "{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\"tok-%d\",\"expires_in\":7200}"
          .formatted(tokens);
    }
    if (refusing != 0 || !("tok-" + tokens).equals(call.query().get("access_token"))) {
      return "{\"errcode\":%d,\"errmsg\":\"access_token\"}"
          .formatted(refusing == 0 ? 40014 : refusing);
    }
    if (call.path().equals("/cgi-bin/message/update_template_card")) {
      updated.release();
      return "{\"errcode\":0,\"errmsg\":\"ok\"}";
    }
    return message(call.body());
  }

  private String message(JsonNode message) {
    if (message.path("agentid").asInt() != 1_000_002) {
      return "{\"errcode\":40056,\"errmsg\":\"invalid agentid\"}";
    }
    if (!message.path("touser").asText().equals("zhangsan")) {
      return "{\"errcode\":0,\"errmsg\":\"ok\",\"invaliduser\":\"nobody\",\"msgid\":\"m\"}";
    }
    JsonNode card = message.path("template_card");
    boolean isWhole =
        message.path("msgtype").asText().equals("text")
            ? message.at("/text/content").asText().length() > 0
            : card.path("task_id").asText().matches("[A-Za-z0-9_@-]{1,128}")
                && List.of(1, 2, 3, 4, 5, 6).contains(card.path("button_list").size())
                && card.at("/main_title/title").asText().length() > 0;
    if (!isWhole) {
      return "{\"errcode\":40058,\"errmsg\":\"param invalid\"}";
    }
    if (isWithin(30, Duration.ofMinutes(1))) {
      shown++;
    }
    return "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":\"m\",\"response_code\":\"rc-0\"}";
  }
}
