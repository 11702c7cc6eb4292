package dev.lintel.webhook;

import io.netty.channel.ChannelOption;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What one connection may hold before its bytes count as those of a body: buffers outside of the
 * heap, here and in the kernel, of which there are as many as there are connections.
 */
@ApplicationScoped
class Connections implements HttpServerOptionsCustomizer {

  /** One record of TLS and its frame, in bytes. Netty would go up to four times as much. */
  private static final int RECORD = 17 << 10;

  /**
   * In bytes. A sender waits before it splits a segment, so what the kernel takes at once must not
   * be less than the longest one, which is 64 KiB within one machine.
   */
  private static final int SEGMENTS = 128 << 10;

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setReceiveBufferSize(RECORD);
  }

  /** Lets a body that is larger than a record arrive without a pause after each. */
  static void expect(long bytes, HttpConnection connection) {
    if (bytes > RECORD && connection instanceof ConnectionBase base) {
      base.channel().config().setOption(ChannelOption.SO_RCVBUF, SEGMENTS);
    }
  }
}
