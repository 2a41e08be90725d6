package io.shouwang.notify.cmpp;

import com.zx.sms.codec.cmpp.msg.CmppDeliverRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppDeliverResponseMessage;
import com.zx.sms.codec.cmpp.msg.CmppReportRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitResponseMessage;
import com.zx.sms.common.util.MsgId;
import com.zx.sms.connect.manager.EndpointEntity;
import com.zx.sms.connect.manager.EndpointManager;
import com.zx.sms.connect.manager.cmpp.CMPPServerChildEndpointEntity;
import com.zx.sms.connect.manager.cmpp.CMPPServerEndpointConnector;
import com.zx.sms.connect.manager.cmpp.CMPPServerEndpointEntity;
import com.zx.sms.handler.api.AbstractBusinessHandler;
import com.zx.sms.session.AbstractSessionStateManager;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A CMPP gateway by sms-core, whose codec, login and long messages share no code with ours. */
public final class Gateway implements AutoCloseable {
  public static final String SP = "901234";
  public static final String SECRET = "ICP";
  private static final AtomicInteger NAMES = new AtomicInteger();

  public final BlockingQueue<CmppSubmitRequestMessage> submitted = new LinkedBlockingQueue<>();
  public final BlockingQueue<CmppDeliverResponseMessage> confirmed = new LinkedBlockingQueue<>();

  /** The ids given to the parts of the messages, in the order in which they came. */
  public final BlockingQueue<MsgId> ids = new LinkedBlockingQueue<>();

  public final AtomicInteger logins = new AtomicInteger();

  /** Whether it answers messages at all. */
  public volatile boolean isDeaf;

  /** The result of the next answers. */
  public volatile int result;

  private final CMPPServerEndpointConnector server;
  private final CMPPServerChildEndpointEntity account = new CMPPServerChildEndpointEntity();
  private final int port;
  private volatile @Nullable Channel line;

  /** On a port; 0 for any. */
  public Gateway(short version, int port) throws Exception {
    CMPPServerEndpointEntity door = new CMPPServerEndpointEntity();
    door.setId("door-" + NAMES.incrementAndGet());
    door.setHost("127.0.0.1");
    door.setPort(port);
    door.setValid(true);
    account.setId("sp-" + NAMES.incrementAndGet());
    account.setUserName(SP);
    account.setPassword(SECRET);
    account.setVersion(version);
    account.setValid(true);
    account.setMaxChannels((short) 4);
    account.setReSendFailMsg(false);
    account.setSupportLongmsg(EndpointEntity.SupportLongMessage.BOTH);
    account.setBusinessHandlerSet(List.of(new Business()));
    door.addchild(account);
    server = new CMPPServerEndpointConnector(door);
    this.port = ((InetSocketAddress) server.open().sync().channel().localAddress()).getPort();
  }

  public int port() {
    return port;
  }

  @Sharable
  private final class Business extends AbstractBusinessHandler {
    @Override
    public String name() {
      return "business";
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event == AbstractSessionStateManager.class || event.toString().equals("Connect")) {
        line = context.channel();
        logins.incrementAndGet();
      }
      super.userEventTriggered(context, event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      switch (message) {
        case CmppSubmitRequestMessage submit when isDeaf -> {}
        case CmppSubmitRequestMessage submit -> {
          if (submit.getFragments() != null) {
            for (CmppSubmitRequestMessage part : submit.getFragments()) {
              answer(context, part);
            }
          }
          answer(context, submit);
          if (result == 0) {
            submitted.add(submit);
          }
        }
        case CmppDeliverResponseMessage response -> confirmed.add(response);
        default -> super.channelRead(context, message);
      }
    }

    private void answer(ChannelHandlerContext context, CmppSubmitRequestMessage part) {
      CmppSubmitResponseMessage response =
          new CmppSubmitResponseMessage(part.getHeader().getSequenceId());
      response.setResult(result);
      response.setMsgId(new MsgId());
      ids.add(response.getMsgId());
      context.channel().writeAndFlush(response);
    }
  }

  private static <T> T taken(@Nullable T one, String what) {
    if (one == null) {
      throw new AssertionError("no " + what + " came");
    }
    return one;
  }

  public CmppSubmitRequestMessage next() throws InterruptedException {
    return taken(submitted.poll(30, TimeUnit.SECONDS), "message");
  }

  public MsgId id() throws InterruptedException {
    return taken(ids.poll(30, TimeUnit.SECONDS), "id");
  }

  /** A phone texts; the result of the SP's answer to its last part. */
  public long text(String from, String content) throws Exception {
    CmppDeliverRequestMessage message = new CmppDeliverRequestMessage();
    message.setDestId("10690001");
    message.setServiceid("");
    message.setSrcterminalId(from);
    message.setMsgContent(content);
    return deliver(message);
  }

  public long deliver(CmppDeliverRequestMessage message) throws Exception {
    send(message);
    return taken(confirmed.poll(30, TimeUnit.SECONDS), "DELIVER_RESP").getResult();
  }

  void send(Object message) {
    taken(line, "line").writeAndFlush(message);
  }

  public long report(MsgId about, String stat) throws Exception {
    CmppReportRequestMessage report = new CmppReportRequestMessage();
    report.setMsgId(about);
    report.setStat(stat);
    report.setSubmitTime("2601011402");
    report.setDoneTime("2601011403");
    report.setDestterminalId("13800000001");
    report.setSmscSequence(0);
    CmppDeliverRequestMessage message = new CmppDeliverRequestMessage();
    message.setDestId("10690001");
    message.setSrcterminalId("13800000001");
    message.setReportRequestMessage(report);
    return deliver(message);
  }

  /** Closes the line without a word. */
  public void cut() {
    taken(line, "line").close().awaitUninterruptibly();
  }

  @Override
  public void close() {
    EndpointManager.INS.remove(account.getId());
    try {
      server.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    Channel last = line;
    if (last != null) {
      last.close().awaitUninterruptibly();
    }
  }
}
