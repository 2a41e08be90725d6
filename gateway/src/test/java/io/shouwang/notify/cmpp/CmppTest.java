package io.shouwang.notify.cmpp;

import static io.shouwang.notify.segment.Opened.LINK;
import static io.shouwang.notify.segment.Opened.accepted;
import static io.shouwang.notify.segment.Opened.notice;
import static io.shouwang.notify.segment.Opened.refused;
import static io.shouwang.notify.segment.Opened.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zx.sms.codec.cmpp.msg.CmppSubmitRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppTerminateRequestMessage;
import com.zx.sms.common.util.MsgId;
import io.shouwang.model.Answer;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Reception.Progress;
import io.shouwang.notify.provider.Verdict;
import io.shouwang.notify.segment.Desk;
import io.shouwang.notify.segment.Opened;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a gateway by another library, in both versions. */
final class CmppTest {
  private final Desk desk = new Desk();

  private Provider open(CmppVersion version, int port, String more) {
    return open(version, port, Gateway.SECRET, more);
  }

  private Provider open(CmppVersion version, int port, String secret, String more) {
    String yaml =
        """
        host: 127.0.0.1
        port: %d
        version: "%s"
        sp_id: "%s"
        secret_file: cmpp.secret
        number: "10690001"
        extension: "88"
        service_id: HELP
        %s
        """
            .formatted(
                port, version == CmppVersion.V2_0 ? "2.0" : "3.0", Gateway.SP, patient(more));
    return Opened.provider(new CmppKind(), yaml, Map.of("cmpp.secret", secret), desk);
  }

  private static Gateway gateway(CmppVersion version) throws Exception {
    return new Gateway((short) version.code(), 0);
  }

  /** A busy machine takes its time; a test that needs a short limit names one. */
  private static String patient(String more) {
    return more.contains("timeout:") ? more : more + "\ntimeout: 30s";
  }

  @ParameterizedTest
  @EnumSource
  void chinese_goes_out_its_report_and_the_reply_come_back(CmppVersion version) throws Exception {
    try (Gateway gateway = gateway(version);
        Provider provider = open(version, gateway.port(), "signature: 【守望】")) {
      String text = "SOS：林秀英，幸福里3号楼601。回复1前往，2不能前往。";
      String id = accepted(provider.submit(notice("a.1", text)));
      CmppSubmitRequestMessage sent = gateway.next();
      assertEquals("【守望】" + text, sent.getMsgContent());
      assertEquals(8, sent.getMsgfmt().getValue());
      assertEquals("13800000001", sent.getDestterminalId()[0]);
      assertEquals("1069000188", sent.getSrcId());
      assertEquals("HELP", sent.getServiceId());
      assertEquals(Gateway.SP, sent.getMsgsrc());
      assertEquals(1, sent.getRegisteredDelivery());
      assertEquals("01", sent.getFeeType());
      assertEquals(2, sent.getFeeUserType());

      MsgId given = gateway.id();
      assertEquals(given.toHexString(true), id);
      assertEquals(0, gateway.report(given, "DELIVRD"));
      Reception.Report report = desk.report();
      assertEquals("a.1", report.key());
      assertEquals(Progress.DELIVERED, report.progress());

      assertEquals(0, gateway.text("8613800000001", "1 4711"));
      Reception.Incoming reply = desk.answer();
      assertEquals("+8613800000001", reply.from());
      assertEquals("1 4711", reply.text());
      assertEquals(0, gateway.text("13800000001", "１"));
      Reception.Incoming second = desk.answer();
      assertEquals("+8613800000001", second.from());
      assertEquals("１", second.text());
      assertNotEquals(reply.id(), second.id());
      assertEquals(List.of(), provider.problems());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_long_message_is_delivered_when_all_its_parts_are(CmppVersion version) throws Exception {
    try (Gateway gateway = gateway(version);
        Provider provider = open(version, gateway.port(), "")) {
      String text = "SOS：林秀英，幸福里3号楼601，心率异常。回复1前往，2不能前往。\n" + LINK;
      String whole = text + "\n" + text.repeat(2);
      accepted(provider.submit(notice("a.1", whole)));
      assertEquals(whole, gateway.next().getMsgContent(), "put together by the other library");
      List<MsgId> parts = new ArrayList<>(gateway.ids);
      gateway.ids.clear();
      assertTrue(parts.size() >= 3, parts.toString());
      for (MsgId part : parts.subList(1, parts.size())) {
        gateway.report(part, "DELIVRD");
      }
      assertEquals(0, desk.reports.size(), "one part is still under way");
      gateway.report(parts.getFirst(), "DELIVRD");
      assertEquals(Progress.DELIVERED, desk.report().progress());

      accepted(provider.submit(notice("a.2", whole)));
      gateway.next();
      gateway.report(gateway.id(), "MK:0001");
      Reception.Report lost = desk.report();
      assertEquals("a.2", lost.key());
      assertEquals(Progress.FAILED, lost.progress());
      assertEquals("stat MK:0001", lost.detail());
      gateway.report(gateway.id(), "ACCEPTD");
      assertEquals(0, desk.reports.size(), "one word on one message");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_reply_is_confirmed_only_once_it_is_on_disk(CmppVersion version) throws Exception {
    try (Gateway gateway = gateway(version);
        Provider provider = open(version, gateway.port(), "timeout: 1s")) {
      until(() -> gateway.logins.get() == 1, "the login");
      CompletableFuture<Answer> disk = new CompletableFuture<>();
      desk.next = disk;
      assertEquals(8, gateway.text("13800000001", "1"));
      desk.next = CompletableFuture.failedStage(new IOException("disk"));
      assertEquals(8, gateway.text("13800000001", "1"));
      desk.next =
          CompletableFuture.completedStage(
              new Answer.Refused(Answer.Reason.UNKNOWN_ALERT, "nothing is open"));
      assertEquals(0, gateway.text("13800000001", "1"), "refused is final");
      String novel = "今天天气很好，我在家里，一切都好，谢谢你们的关心。".repeat(6);
      gateway.text("13800000001", novel);
      desk.answers.clear();
      until(() -> desk.answers.isEmpty() && provider.problems().isEmpty(), "the line stands");
    }
  }

  @Test
  void a_reply_in_parts_is_one_answer() throws Exception {
    try (Gateway gateway = gateway(CmppVersion.V3_0);
        Provider provider = open(CmppVersion.V3_0, gateway.port(), "")) {
      until(() -> gateway.logins.get() == 1, "the login");
      String novel = "今天天气很好，我在家里，一切都好，谢谢你们的关心。".repeat(5);
      gateway.text("13800000001", novel);
      assertEquals(novel, desk.answer().text());
      assertEquals(0, desk.answers.size());
      assertEquals(List.of(), provider.problems());
    }
  }

  @Test
  void letters_go_in_fewer_bytes_only_if_configured() throws Exception {
    try (Gateway gateway = gateway(CmppVersion.V2_0)) {
      try (Provider provider = open(CmppVersion.V2_0, gateway.port(), "letters: gbk")) {
        accepted(provider.submit(notice("a.1", "SOS at 601")));
        assertEquals(0, gateway.next().getMsgfmt().getValue());
        accepted(provider.submit(notice("a.2", "求助 601")));
        CmppSubmitRequestMessage sent = gateway.next();
        assertEquals(15, sent.getMsgfmt().getValue());
        assertEquals("求助 601", sent.getMsgContent());
      }
      try (Provider provider = open(CmppVersion.V2_0, gateway.port(), "")) {
        accepted(provider.submit(notice("a.3", "SOS at 601")));
        assertEquals(8, gateway.next().getMsgfmt().getValue());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void each_result_says_what_helps(CmppVersion version) throws Exception {
    Map<Integer, Failure> means =
        Map.of(
            8, Failure.BUSY,
            13, Failure.NO_SUCH_ADDRESS,
            7, Failure.MISCONFIGURED,
            6, Failure.REFUSED,
            99, Failure.BROKEN);
    try (Gateway gateway = gateway(version);
        Provider provider = open(version, gateway.port(), "")) {
      means.forEach((result, failure) -> {
        gateway.result = result;
        refused(failure, provider.submit(notice("a.1", "一")));
      });
      refused(Failure.NO_SUCH_ADDRESS, provider.submit(notice("a.1", "+442071838750", "abroad")));
      assertEquals(0, gateway.submitted.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_secret_is_said_at_once_and_stands_in_problems(CmppVersion version) throws Exception {
    try (Gateway gateway = gateway(version);
        Provider provider = open(version, gateway.port(), "wrong", "")) {
      var said = refused(Failure.MISCONFIGURED, provider.submit(notice("a.1", "一")));
      assertEquals("login refused, status 3", said.detail());
      assertEquals(List.of(said.detail()), provider.problems());
    }
  }

  @Test
  void one_message_from_a_provider_that_was_only_just_opened_waits_for_the_login()
      throws Exception {
    try (Gateway gateway = gateway(CmppVersion.V3_0)) {
      for (int i = 0; i < 3; i++) {
        try (Provider provider = open(CmppVersion.V3_0, gateway.port(), "")) {
          accepted(provider.submit(notice("test." + i, "测试")));
        }
      }
      assertEquals(3, gateway.submitted.size());
    }
  }

  @Test
  void a_gateway_that_hangs_costs_one_limit_and_the_line() throws Exception {
    try (Gateway gateway = gateway(CmppVersion.V2_0);
        Provider provider = open(CmppVersion.V2_0, gateway.port(), "timeout: 1s")) {
      accepted(provider.submit(notice("a.1", "一")));
      gateway.isDeaf = true;
      refused(Failure.TIMED_OUT, provider.submit(notice("a.2", "二")));
      gateway.isDeaf = false;
      until(() -> gateway.logins.get() == 2, "a new line");
      until(
          () -> provider.submit(notice("a.3", "三")) instanceof Verdict.Accepted, "a message on it");
    }
  }

  @Test
  void a_gateway_that_cuts_logs_us_out_or_restarts_is_found_again() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Provider provider = open(CmppVersion.V3_0, port, "timeout: 2s")) {
      refused(Failure.UNREACHABLE, provider.submit(notice("a.1", "一")));
      try (Gateway gateway = new Gateway((short) 0x30, port)) {
        accepted(provider.submit(notice("a.2", "二"))); // it does not wait for the pause to end
        gateway.cut();
        until(() -> gateway.logins.get() == 2, "a new line after a cut");
        gateway.send(new CmppTerminateRequestMessage());
        until(() -> gateway.logins.get() == 3, "a new line after TERMINATE");
      }
      until(() -> !provider.problems().isEmpty(), "the end of the line");
      try (Gateway again = new Gateway((short) 0x30, port)) {
        until(() -> again.logins.get() == 1, "it comes back by itself, too");
        accepted(provider.submit(notice("a.3", "三")));
        again.report(again.id(), "DELIVRD");
        assertEquals("a.3", desk.report().key());
      }
    }
  }

  @Test
  void active_tests_go_both_ways_and_one_without_an_answer_ends_the_line() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Provider provider =
            open(
                CmppVersion.V2_0,
                server.getLocalPort(),
                "verify_gateway: false\nactive_test: 1s\nresend_after: 1s\nresends: 1");
        Socket line = server.accept()) {
      line.setSoTimeout(30_000);
      DataInputStream in = new DataInputStream(line.getInputStream());
      byte[] connect = in.readNBytes(39);
      assertEquals(39, connect[3]);
      byte[] welcome = new byte[12 + 18];
      ByteBuffer.wrap(welcome).putInt(welcome.length).putInt(0x8000_0001).put(connect, 8, 4);
      line.getOutputStream().write(welcome);
      ByteBuffer ask = ByteBuffer.allocate(12).putInt(12).putInt(8).putInt(4711);
      line.getOutputStream().write(ask.array());
      ByteBuffer answer = ByteBuffer.wrap(in.readNBytes(13));
      assertEquals(0x8000_0008, answer.getInt(4));
      assertEquals(4711, answer.getInt(8));
      byte[] first = in.readNBytes(12);
      assertEquals(8, ByteBuffer.wrap(first).getInt(4));
      assertArrayEquals(first, in.readNBytes(12), "the same once more");
      assertEquals(-1, in.read(), "nobody is there");
      until(() -> !provider.problems().isEmpty(), "the end of the line");
    }
  }

  @Test
  void a_gateway_that_does_not_know_the_secret_is_none() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Provider provider = open(CmppVersion.V2_0, server.getLocalPort(), "");
        Socket line = server.accept()) {
      byte[] connect = line.getInputStream().readNBytes(39);
      byte[] welcome = new byte[12 + 18];
      ByteBuffer.wrap(welcome).putInt(welcome.length).putInt(0x8000_0001).put(connect, 8, 4);
      line.getOutputStream().write(welcome);
      var said = refused(Failure.MISCONFIGURED, provider.submit(notice("a.1", "一")));
      assertEquals("the gateway does not know the shared secret", said.detail());
      assertEquals(-1, line.getInputStream().read(), "it hears nothing from us");
    }
  }
}
