import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Prints as many free TCP ports of the loopback address as the argument says, on one line. */
final class FreePorts {

  private FreePorts() {}

  public static void main(String[] arguments) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(String.valueOf(socket.getLocalPort()));
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    System.out.println(String.join(" ", ports));
  }
}
