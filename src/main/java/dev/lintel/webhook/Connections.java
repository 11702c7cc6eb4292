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

  /**
   * What the kernel keeps of a connection, in bytes: the longest segment, which is 64 KiB within
   * one machine. A sender waits for a timer before it splits one.
   */
  private static final int LONGEST_SEGMENT = 65 << 10;

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setReceiveBufferSize(LONGEST_SEGMENT).setSslEngineOptions(new SmallReads());
  }
}
