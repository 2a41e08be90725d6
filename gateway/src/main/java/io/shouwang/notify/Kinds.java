package io.shouwang.notify;

import io.shouwang.notify.aliyun.AliyunSmsKind;
import io.shouwang.notify.aliyun.AliyunVoiceKind;
import io.shouwang.notify.cmpp.CmppKind;
import io.shouwang.notify.dingtalk.DingTalkRobotKind;
import io.shouwang.notify.exchange.ExchangeKind;
import io.shouwang.notify.feishu.FeishuRobotKind;
import io.shouwang.notify.mail.SmtpKind;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.notify.smpp.SmppKind;
import io.shouwang.notify.tencent.TencentSmsKind;
import io.shouwang.notify.webhook.WebhookKind;
import io.shouwang.notify.wechat.WeChatTemplateKind;
import io.shouwang.notify.wecom.WeComAppKind;
import io.shouwang.notify.wecom.WeComRobotKind;
import java.util.List;

/** The kinds of providers that {@code channels.yaml} may name. */
public final class Kinds {
  /** In the order in which they are told of. */
  public static final List<ProviderKind> ALL =
      List.of(
          new WeComRobotKind(),
          new WeComAppKind(),
          new DingTalkRobotKind(),
          new FeishuRobotKind(),
          new WeChatTemplateKind(),
          new AliyunSmsKind(),
          new AliyunVoiceKind(),
          new TencentSmsKind(),
          new SmppKind(),
          new CmppKind(),
          new SmtpKind(),
          new ExchangeKind(),
          new WebhookKind());

  private Kinds() {}
}
