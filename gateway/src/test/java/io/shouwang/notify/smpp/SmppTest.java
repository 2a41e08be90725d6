package io.shouwang.notify.smpp;

import static io.shouwang.notify.segment.Opened.LINK;
import static io.shouwang.notify.segment.Opened.accepted;
import static io.shouwang.notify.segment.Opened.notice;
import static io.shouwang.notify.segment.Opened.refused;
import static io.shouwang.notify.segment.Opened.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudhopper.smpp.SmppConstants;
import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.tlv.Tlv;
import io.shouwang.model.Answer;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Reception;
import io.shouwang.notify.provider.Reception.Progress;
import io.shouwang.notify.segment.Desk;
import io.shouwang.notify.segment.Opened;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Against a centre by another library: what is sent, what comes back, and what goes wrong. */
final class SmppTest {
  private static final String CHINESE = "SOS：林秀英，幸福里3号楼601。\n回复1前往，2不能前往。\n" + LINK;

  private final Desk desk = new Desk();

  private Provider open(int port, String more) {
    return open(port, Centre.PASSWORD, more);
  }

  private Provider open(int port, String password, String more) {
    String yaml =
        """
        host: 127.0.0.1
        port: %d
        system_id: %s
        password_file: smpp.password
        source: "10690001"
        %s
        """
            .formatted(port, Centre.SYSTEM_ID, patient(more));
    return Opened.provider(new SmppKind(), yaml, Map.of("smpp.password", password), desk);
  }

  private static String ucs2(byte[] bytes, int from) {
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_16BE);
  }

  /** A busy machine takes its time; a test that needs a short limit names one. */
  private static String patient(String more) {
    return more.contains("timeout:") ? more : more + "\ntimeout: 30s";
  }

  @Test
  void chinese_goes_in_one_message_and_its_receipt_comes_back() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "")) {
      String text = "SOS：林秀英，幸福里3号楼601。回复1前往，2不能前往。";
      String id = accepted(provider.submit(notice("a.1", text)));
      SubmitSm sent = centre.next();
      assertEquals(8, sent.getDataCoding());
      assertEquals(0, sent.getEsmClass());
      assertEquals(1, sent.getRegisteredDelivery());
      assertEquals("8613800000001", sent.getDestAddress().getAddress());
      assertEquals(1, sent.getDestAddress().getTon());
      assertEquals("10690001", sent.getSourceAddress().getAddress());
      assertEquals(text, ucs2(sent.getShortMessage(), 0));

      assertEquals(0, centre.receipt(id, "DELIVRD", "000"));
      Reception.Report report = desk.report();
      assertEquals("a.1", report.key());
      assertEquals(Progress.DELIVERED, report.progress());
      assertEquals(List.of(), provider.problems());
    }
  }

  @Test
  void what_the_gsm_alphabet_says_goes_in_septets() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "")) {
      accepted(provider.submit(notice("a.1", "SOS [601] @ 5€ für Größe")));
      SubmitSm sent = centre.next();
      assertEquals(0, sent.getDataCoding());
      // 3GPP TS 23.038: [ is 1B 3C, ] 1B 3E, @ 00, the euro 1B 65, u-umlaut 7E, sharp s 1E.
      byte[] expected = {
        'S', 'O', 'S', ' ', 0x1B, 0x3C, '6', '0', '1', 0x1B, 0x3E, ' ', 0, ' ', '5', 0x1B, 0x65,
        ' ', 'f', 0x7E, 'r', ' ', 'G', 'r', 0x7C, 0x1E, 'e'
      };
      assertEquals(List.of(boxed(expected)), List.of(boxed(sent.getShortMessage())));
    }
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> all = new ArrayList<>();
    for (byte b : bytes) {
      all.add(b);
    }
    return all;
  }

  @Test
  void a_long_message_is_delivered_when_all_its_parts_are() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "")) {
      String text = CHINESE.repeat(2);
      String first = accepted(provider.submit(notice("a.1", text)));
      StringBuilder whole = new StringBuilder();
      int parts = 0;
      int reference = -1;
      while (whole.length() < text.length()) {
        SubmitSm sent = centre.next();
        byte[] content = sent.getShortMessage();
        assertEquals(0x40, sent.getEsmClass());
        assertTrue(content.length <= 140);
        assertEquals(List.of((byte) 5, (byte) 0, (byte) 3), boxed(content).subList(0, 3));
        reference = reference < 0 ? content[3] & 0xFF : reference;
        assertEquals(reference, content[3] & 0xFF);
        assertEquals(++parts, content[5]);
        whole.append(ucs2(content, 6));
      }
      assertEquals(text, whole.toString());
      assertTrue(parts >= 2);
      int id = Integer.parseInt(first);
      for (int part = 1; part < parts; part++) {
        centre.receipt(Integer.toString(id + part), "DELIVRD", "000");
      }
      assertEquals(0, desk.reports.size(), "one part is still under way");
      centre.receipt(first, "DELIVRD", "000");
      assertEquals("a.1", desk.report().key());

      accepted(provider.submit(notice("a.2", text)));
      int last = centre.nextId.get();
      centre.receipt(Integer.toString(last), "EXPIRED", "027");
      Reception.Report lost = desk.report();
      assertEquals("a.2", lost.key());
      assertEquals(Progress.FAILED, lost.progress());
      assertEquals(Failure.DROPPED, lost.failure());
      assertEquals("stat EXPIRED, err 027", lost.detail());
      centre.receipt(Integer.toString(last - 1), "DELIVRD", "000");
      assertEquals(0, desk.reports.size(), "one word on one message");
    }
  }

  @Test
  void sar_and_payload_carry_the_same_text() throws Exception {
    String text = CHINESE.repeat(2);
    try (Centre centre = new Centre()) {
      try (Provider provider = open(centre.port(), "long_messages: sar")) {
        accepted(provider.submit(notice("a.1", text)));
        StringBuilder whole = new StringBuilder();
        int number = 0;
        while (whole.length() < text.length()) {
          SubmitSm sent = centre.next();
          whole.append(ucs2(sent.getShortMessage(), 0));
          number++;
          assertEquals(
              number,
              sent.getOptionalParameter(SmppConstants.TAG_SAR_SEGMENT_SEQNUM).getValueAsByte());
        }
        assertEquals(text, whole.toString());
      }
      try (Provider provider = open(centre.port(), "long_messages: payload")) {
        accepted(provider.submit(notice("a.1", text)));
        SubmitSm sent = centre.next();
        assertEquals(0, sent.getShortMessageLength());
        assertEquals(
            text, ucs2(sent.getOptionalParameter(SmppConstants.TAG_MESSAGE_PAYLOAD).getValue(), 0));
      }
    }
  }

  @Test
  void receipts_come_in_every_dialect() throws Exception {
    try (Centre centre = new Centre()) {
      centre.naming = id -> String.format("%010X", id);
      try (Provider provider = open(centre.port(), "receipt_ids: decimal")) {
        accepted(provider.submit(notice("a.1", "一")));
        centre.receipt(String.format("%010d", centre.nextId.get()), "DELIVRD", "000");
        assertEquals("a.1", desk.report().key());
        // The field has it as the answer had it, and the text says nothing that counts.
        accepted(provider.submit(notice("a.2", "二")));
        String id = String.format("%010X", centre.nextId.get());
        centre.text(
            "8613800000001",
            (byte) 0,
            0x04,
            new byte[0],
            new Tlv(
                SmppConstants.TAG_RECEIPTED_MSG_ID,
                (id + "\0").getBytes(StandardCharsets.US_ASCII)),
            new Tlv(SmppConstants.TAG_MSG_STATE, new byte[] {8}));
        Reception.Report refused = desk.report();
        assertEquals("a.2", refused.key());
        assertEquals(Failure.REFUSED, refused.failure());
        // What an earlier run sent goes by the centre's name for it.
        centre.receipt("4660", "DELIVRD", "000");
        Reception.Report unknown = desk.report();
        assertEquals(null, unknown.key());
        assertEquals("1234", unknown.providerId());
        // Nothing final, and nothing about any message: no word.
        accepted(provider.submit(notice("a.3", "三")));
        centre.receipt(String.format("%010d", centre.nextId.get()), "ENROUTE", "000");
        centre.text(
            "8613800000001",
            (byte) 0,
            0x04,
            "text:id:1 stat:DELIVRD".getBytes(StandardCharsets.US_ASCII));
        assertEquals(0, desk.reports.size());
      }
    }
  }

  @Test
  void a_reply_is_confirmed_only_once_it_is_on_disk() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "timeout: 1s")) {
      until(() -> centre.binds.get() == 1, "the bind");
      byte[] one = "1 4711".getBytes(StandardCharsets.US_ASCII);
      assertEquals(0, centre.text("8613800000001", (byte) 0, 0, one));
      Reception.Incoming first = desk.answer();
      assertEquals("+8613800000001", first.from());
      assertEquals("1 4711", first.text());
      assertEquals(
          0, centre.text("013800000001", (byte) 8, 0, "２".getBytes(StandardCharsets.UTF_16BE)));
      Reception.Incoming second = desk.answer();
      assertEquals("２", second.text());
      assertNotEquals(first.id(), second.id());

      CompletableFuture<Answer> disk = new CompletableFuture<>();
      desk.next = disk;
      assertEquals(SmppConstants.STATUS_X_T_APPN, centre.text("8613800000001", (byte) 0, 0, one));
      desk.next = CompletableFuture.failedStage(new IOException("disk"));
      assertEquals(SmppConstants.STATUS_X_T_APPN, centre.text("8613800000001", (byte) 0, 0, one));
      desk.next =
          CompletableFuture.completedStage(
              new Answer.Refused(Answer.Reason.UNKNOWN_ALERT, "nothing is open"));
      assertEquals(0, centre.text("8613800000001", (byte) 0, 0, one), "refused is final");
      assertEquals(3, desk.answers.size());
      assertEquals(List.of(), provider.problems());
    }
  }

  @Test
  void a_reply_in_parts_is_one_answer() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "")) {
      until(() -> centre.binds.get() == 1, "the bind");
      byte[] last = {5, 0, 3, 9, 2, 2, 0, '7', 0, '1'};
      byte[] first = {5, 0, 3, 9, 2, 1, 0, '1', 0, ' ', 0, '4'};
      assertEquals(0, centre.text("8613800000001", (byte) 8, 0x40, last));
      assertEquals(0, centre.text("8613800000001", (byte) 8, 0x40, new byte[] {9, 0, 3, 1}));
      assertEquals(0, centre.text("8613800000001", (byte) 8, 0x40, first));
      assertEquals("1 471", desk.answer().text());
      assertEquals(0, desk.answers.size());
      assertEquals(List.of(), provider.problems());
    }
  }

  @Test
  void each_error_of_the_centre_says_what_helps() throws Exception {
    Map<Integer, Failure> means =
        Map.of(
            SmppConstants.STATUS_THROTTLED, Failure.BUSY,
            SmppConstants.STATUS_MSGQFUL, Failure.BUSY,
            SmppConstants.STATUS_SYSERR, Failure.BROKEN,
            SmppConstants.STATUS_INVDSTADR, Failure.NO_SUCH_ADDRESS,
            SmppConstants.STATUS_INVSRCADR, Failure.MISCONFIGURED,
            SmppConstants.STATUS_INVMSGLEN, Failure.REFUSED);
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "")) {
      means.forEach((status, failure) -> {
        centre.status = _ -> status;
        refused(failure, provider.submit(notice("a.1", "一")));
      });
      refused(Failure.NO_SUCH_ADDRESS, provider.submit(notice("a.1", "13800000001", "no country")));
      assertEquals(0, centre.submitted.size());
    }
  }

  @Test
  void a_wrong_password_is_said_at_once_and_stands_in_problems() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "wrong", "")) {
      var said = refused(Failure.MISCONFIGURED, provider.submit(notice("a.1", "一")));
      assertEquals("bind refused, command_status 0x0000000e", said.detail());
      assertEquals(List.of(said.detail()), provider.problems());
      assertEquals(0, centre.binds.get());
    }
  }

  @Test
  void one_message_from_a_provider_that_was_only_just_opened_waits_for_the_bind() throws Exception {
    try (Centre centre = new Centre()) {
      for (int i = 0; i < 5; i++) {
        try (Provider provider = open(centre.port(), "")) {
          accepted(provider.submit(notice("test." + i, "测试")));
        }
      }
      assertEquals(5, centre.submitted.size());
    }
  }

  @Test
  void a_centre_that_hangs_costs_one_limit_and_the_line() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "timeout: 1s")) {
      accepted(provider.submit(notice("a.1", "一")));
      centre.isDeaf = true;
      refused(Failure.TIMED_OUT, provider.submit(notice("a.2", "二")));
      centre.isDeaf = false;
      until(() -> centre.binds.get() == 2, "a new line");
      until(
          () ->
              provider.submit(notice("a.3", "三"))
                  instanceof io.shouwang.notify.provider.Verdict.Accepted,
          "a message on it");
    }
  }

  @Test
  void enquire_link_finds_out_who_is_gone() throws Exception {
    try (Centre centre = new Centre();
        Provider provider = open(centre.port(), "timeout: 1s\nenquire_link: 1s")) {
      until(() -> centre.enquiries.get() >= 1, "an enquire_link");
      centre.isDeaf = true;
      until(() -> !provider.problems().isEmpty(), "the end of the line");
      centre.isDeaf = false;
      until(() -> centre.binds.get() >= 2 && provider.problems().isEmpty(), "a new line");
    }
  }

  @Test
  void a_line_that_breaks_under_a_message_says_so_at_once() throws Exception {
    try (Centre centre = new Centre();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Provider provider = open(centre.port(), "timeout: 30s")) {
      accepted(provider.submit(notice("a.1", "一")));
      centre.status =
          _ -> {
            centre.cut();
            return SmppConstants.STATUS_OK;
          };
      Future<?> broken =
          threads.submit(() -> refused(Failure.TIMED_OUT, provider.submit(notice("a.2", "二"))));
      long began = System.nanoTime();
      broken.get();
      assertTrue(System.nanoTime() - began < 25_000_000_000L, "long before the limit");
    }
  }

  @Test
  void a_centre_that_restarts_is_found_again() throws Exception {
    int port = Centre.freePort();
    try (Provider provider = open(port, "timeout: 2s")) {
      refused(Failure.UNREACHABLE, provider.submit(notice("a.1", "一")));
      assertEquals(1, provider.problems().size());
      try (Centre centre = new Centre(port, null)) {
        assertEquals(0, centre.binds.get());
        accepted(provider.submit(notice("a.2", "二"))); // it does not wait for the pause to end
        assertEquals(List.of(), provider.problems());
      }
      until(() -> !provider.problems().isEmpty(), "the end of the line");
      try (Centre again = new Centre(port, null)) {
        until(() -> again.binds.get() == 1, "it comes back by itself, too");
        accepted(provider.submit(notice("a.3", "三")));
        assertEquals(0, again.receipt(Integer.toString(again.nextId.get()), "DELIVRD", "000"));
        assertEquals("a.3", desk.report().key());
      }
    }
  }

  @Test
  void rubbish_and_half_open_lines_end_within_the_limit() throws Exception {
    byte[][] rubbish = {
      "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
      {0, 0, 0, 4},
      {0, 0, 0, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
      {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
      {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
      {},
      {0, 0, 0, 16, (byte) 0x80, 0},
    };
    for (byte[] said : rubbish) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        List<Socket> lines = new ArrayList<>();
        threads.submit(() -> {
          while (true) {
            Socket line = server.accept(); // until the server is closed
            lines.add(line);
            line.getOutputStream().write(said);
          }
        });
        try (Provider provider = open(server.getLocalPort(), "timeout: 1s")) {
          refused(Failure.UNREACHABLE, provider.submit(notice("a.1", "一")));
        }
        for (Socket line : lines) {
          line.close();
        }
      }
    }
  }
}
