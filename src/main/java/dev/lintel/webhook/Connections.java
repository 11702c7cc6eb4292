package dev.lintel.webhook;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What one connection may hold before its bytes count as those of a body: buffers outside of the
 * heap, here and in the kernel, of which there are as many as there are connections.
 */
@ApplicationScoped
class Connections implements HttpServerOptionsCustomizer {

  /** One record of TLS and its frame. Netty would go up to four times as much. */
  private static final int RECEIVE_BUFFER = 17 << 10;

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setReceiveBufferSize(RECEIVE_BUFFER);
  }
}
