package dev.lintel.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Passes connections on to a port of this machine, and can reset them all. */
final class CuttableProxy implements AutoCloseable {

  private static final int BACKLOG = 256;
  private static final int BUFFER = 16 << 10;

  private final Supplier<Optional<Integer>> target;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  /**
   * Starts to pass connections on.
   *
   * @param target where a new connection leads to; empty refuses it
   */
  CuttableProxy(Supplier<Optional<Integer>> target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Returns the port to connect to. */
  int port() {
    return listening.getLocalPort();
  }

  /** Resets every connection, and lets new ones through. */
  void reset() {
    open.forEach(CuttableProxy::reset);
  }

  /** Resets every connection, and each new one until {@link #heal}. */
  void cut() {
    isCut = true;
    reset();
  }

  /** Lets connections through again. */
  void heal() {
    isCut = false;
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        // Closed, which ends the loop.
      }
    }
  }

  private void connect(Socket client) {
    Optional<Integer> port = isCut ? Optional.empty() : target.get();
    if (port.isEmpty()) {
      reset(client);
      open.remove(client);
      return;
    }
    try (Socket server = new Socket()) {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get()));
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      open.add(server);
      Thread back = Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
      back.join();
    } catch (IOException e) {
      reset(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
      open.removeIf(Socket::isClosed);
    }
  }

  /** What one side has sent is passed on before its end is. */
  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }
}
