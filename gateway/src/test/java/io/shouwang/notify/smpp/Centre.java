package io.shouwang.notify.smpp;

import com.cloudhopper.smpp.SmppConstants;
import com.cloudhopper.smpp.SmppServerConfiguration;
import com.cloudhopper.smpp.SmppServerHandler;
import com.cloudhopper.smpp.SmppServerSession;
import com.cloudhopper.smpp.SmppSessionConfiguration;
import com.cloudhopper.smpp.impl.DefaultSmppServer;
import com.cloudhopper.smpp.impl.DefaultSmppSessionHandler;
import com.cloudhopper.smpp.pdu.BaseBind;
import com.cloudhopper.smpp.pdu.BaseBindResp;
import com.cloudhopper.smpp.pdu.DeliverSm;
import com.cloudhopper.smpp.pdu.PduRequest;
import com.cloudhopper.smpp.pdu.PduResponse;
import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.pdu.SubmitSmResp;
import com.cloudhopper.smpp.ssl.SslConfiguration;
import com.cloudhopper.smpp.tlv.Tlv;
import com.cloudhopper.smpp.type.Address;
import com.cloudhopper.smpp.type.SmppProcessingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A short message centre by Cloudhopper's library, which shares no code with ours. */
public final class Centre implements AutoCloseable {
  public static final String SYSTEM_ID = "shouwang";
  public static final String PASSWORD = "s3cret";

  public final BlockingQueue<SubmitSm> submitted = new LinkedBlockingQueue<>();
  public final AtomicInteger binds = new AtomicInteger();
  public final AtomicInteger enquiries = new AtomicInteger();
  public final AtomicInteger nextId = new AtomicInteger(0xA0);

  /** Whether it answers our requests at all. */
  public volatile boolean isDeaf;

  /** The status of the next answers, by the message. */
  public volatile Function<SubmitSm, Integer> status = _ -> SmppConstants.STATUS_OK;

  /** How it names a message. */
  public volatile Function<Integer, String> naming = id -> Integer.toString(id);

  private final DefaultSmppServer server;
  private final int port;
  private volatile @Nullable SmppServerSession session;

  public Centre() throws Exception {
    this(freePort(), null);
  }

  public Centre(int port, @Nullable SslConfiguration tls) throws Exception {
    this.port = port;
    SmppServerConfiguration configuration = new SmppServerConfiguration();
    configuration.setHost("127.0.0.1");
    configuration.setPort(port);
    configuration.setReuseAddress(true);
    configuration.setSystemId("centre");
    configuration.setNonBlockingSocketsEnabled(true);
    configuration.setDefaultRequestExpiryTimeout(30_000);
    configuration.setDefaultWindowSize(10);
    if (tls != null) {
      configuration.setUseSsl(true);
      configuration.setSslConfiguration(tls);
    }
    server = new DefaultSmppServer(configuration, new Door());
    server.start();
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  @SuppressWarnings("rawtypes") // as the library declares it
  private final class Door implements SmppServerHandler {
    @Override
    public void sessionBindRequested(Long id, SmppSessionConfiguration asked, BaseBind bind)
        throws SmppProcessingException {
      if (!SYSTEM_ID.equals(asked.getSystemId())) {
        throw new SmppProcessingException(SmppConstants.STATUS_INVSYSID);
      }
      if (!PASSWORD.equals(asked.getPassword())) {
        throw new SmppProcessingException(SmppConstants.STATUS_INVPASWD);
      }
    }

    @Override
    public void sessionCreated(Long id, SmppServerSession created, BaseBindResp response) {
      session = created;
      created.serverReady(new Ear());
      binds.incrementAndGet();
    }

    @Override
    public void sessionDestroyed(Long id, SmppServerSession destroyed) {
      destroyed.destroy();
    }
  }

  @SuppressWarnings("rawtypes") // as the library declares it
  private final class Ear extends DefaultSmppSessionHandler {
    @Override
    public @Nullable PduResponse firePduRequestReceived(PduRequest request) {
      if (isDeaf) {
        return null;
      }
      PduResponse response = request.createResponse();
      if (request instanceof SubmitSm submit) {
        response.setCommandStatus(status.apply(submit));
        if (response.getCommandStatus() == SmppConstants.STATUS_OK) {
          ((SubmitSmResp) response).setMessageId(naming.apply(nextId.incrementAndGet()));
          submitted.add(submit);
        }
      } else if (request.getCommandId() == SmppConstants.CMD_ID_ENQUIRE_LINK) {
        enquiries.incrementAndGet();
      }
      return response;
    }
  }

  public SubmitSm next() throws InterruptedException {
    SubmitSm submit = submitted.poll(30, TimeUnit.SECONDS);
    if (submit == null) {
      throw new AssertionError("nothing was submitted");
    }
    return submit;
  }

  /** A phone texts; the status of the gateway's answer. */
  public int text(String from, byte coding, int esmClass, byte[] content, Tlv... fields)
      throws Exception {
    DeliverSm message = new DeliverSm();
    message.setSourceAddress(new Address((byte) 1, (byte) 1, from));
    message.setDestAddress(new Address((byte) 0, (byte) 0, "10690001"));
    message.setEsmClass((byte) esmClass);
    message.setDataCoding(coding);
    message.setShortMessage(content);
    for (Tlv field : fields) {
      message.addOptionalParameter(field);
    }
    return deliver(message);
  }

  public int deliver(DeliverSm message) throws Exception {
    SmppServerSession bound = session;
    if (bound == null) {
      throw new AssertionError("nobody is bound");
    }
    var answer = bound.sendRequestPdu(message, 30_000, true);
    if (!answer.await(30_000) || !answer.isSuccess()) {
      throw new AssertionError("no deliver_sm_resp: " + answer.getCause());
    }
    return answer.getResponse().getCommandStatus();
  }

  /** The customary text of a receipt. */
  public int receipt(String id, String stat, String error) throws Exception {
    String text =
        "id:%s sub:001 dlvrd:001 submit date:2601011402 done date:2601011403 stat:%s err:%s text:1"
            .formatted(id, stat, error);
    return text("8613800000001", (byte) 0, 0x04, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Closes each line without a word. */
  public void cut() {
    server.getChannels().close().awaitUninterruptibly();
  }

  @Override
  public void close() {
    server.destroy();
  }
}
