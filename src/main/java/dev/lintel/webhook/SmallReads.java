package dev.lintel.webhook;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's TLS, of which connections are read in smaller pieces than the kernel keeps of them.
 * Vert.x has one setting for both. Where many connections stop amid a record, their pieces would
 * use up the memory outside of the heap, and connections that have nothing to do with them end.
 */
final class SmallReads extends JdkSSLEngineOptions {

  /**
   * How much is read at once, in bytes. What has come of a record, 16.3 KiB at most, is kept until
   * it is whole, together with the next piece, in a buffer of a power of two: here of 32 KiB.
   */
  private static final int PIECE = 15 << 10;

  @Override
  public SmallReads copy() {
    return new SmallReads();
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(super.sslContextFactory());
  }

  /** Makes what the JDK's factory makes, for connections that are read in small pieces. */
  private record Factory(SslContextFactory jdk) implements SslContextFactory {

    @Override
    public SslContextFactory useAlpn(boolean isUsed) {
      return new Factory(jdk.useAlpn(isUsed));
    }

    @Override
    public SslContextFactory clientAuth(ClientAuth auth) {
      return new Factory(jdk.clientAuth(auth));
    }

    @Override
    public SslContextFactory forClient(boolean isClient) {
      return new Factory(jdk.forClient(isClient));
    }

    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
      return new Factory(jdk.keyMananagerFactory(factory));
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory factory) {
      return new Factory(jdk.trustManagerFactory(factory));
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> suites) {
      return new Factory(jdk.enabledCipherSuites(suites));
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> protocols) {
      return new Factory(jdk.applicationProtocols(protocols));
    }

    @Override
    public SslContextFactory serverName(String name) {
      return new Factory(jdk.serverName(name));
    }

    @Override
    public SslContext create() throws SSLException {
      return new Context(jdk.create());
    }
  }

  private static final class Context extends SslContext {

    private final SslContext jdk;

    Context(SslContext jdk) {
      this.jdk = jdk;
    }

    @Override
    public boolean isClient() {
      return jdk.isClient();
    }

    @Override
    public List<String> cipherSuites() {
      return jdk.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own abstract method
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
      return jdk.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator buffers) {
      return jdk.newEngine(buffers);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator buffers, String host, int port) {
      return jdk.newEngine(buffers, host, port);
    }

    @Override
    public SSLSessionContext sessionContext() {
      return jdk.sessionContext();
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator buffers, boolean startTls, Executor delegatedTasks) {
      return new Handler(newEngine(buffers), startTls, delegatedTasks);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator buffers,
        String host,
        int port,
        boolean startTls,
        Executor delegatedTasks) {
      return new Handler(newEngine(buffers, host, port), startTls, delegatedTasks);
    }
  }

  private static final class Handler extends SslHandler {

    Handler(SSLEngine engine, boolean startTls, Executor delegatedTasks) {
      super(engine, startTls, delegatedTasks);
    }

    /** Comes before the first read, which decides about all later ones. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
      context.channel().config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(PIECE));
      super.handlerAdded(context);
    }
  }
}
