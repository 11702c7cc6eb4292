package dev.lintel.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * What of an API server Lintel talks to: it lists in pages, tells what happens to whoever watches,
 * and takes Events. Tests say when it breaks.
 */
final class StubApiServer implements AutoCloseable {

  private static final String END = "";

  private final HttpServer server;
  private final Map<String, Stored> objects = new TreeMap<>();
  private final List<Happened> history = new ArrayList<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private int version = 100;
  private volatile int refusal;
  private volatile boolean isExpiring;

  StubApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * An object.
   *
   * @param path the path of its kind
   * @param json the object, with VERSION in place of its resource version
   */
  private record Stored(String path, String name, String json) {}

  /** What watches are told. */
  private record Happened(int version, Stored stored, String line) {}

  /** A watch that lasts, with the lines that it has yet to be told. */
  private record Watch(String path, Optional<String> name, LinkedBlockingQueue<String> lines) {
    boolean concerns(Stored stored) {
      return stored.path.equals(path) && name.map(stored.name::equals).orElse(true);
    }
  }

  /** Returns a client for this server. */
  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  /**
   * Creates an object, or replaces it.
   *
   * @param path the path of its kind
   * @param rest its members beside the metadata, as JSON with a comma in front, or nothing
   */
  synchronized void put(String path, String namespace, String name, String rest) {
    String key = path + " " + namespace + "/" + name;
    String type = objects.containsKey(key) ? "MODIFIED" : "ADDED";
    String json =
        "{\"metadata\": {\"namespace\": \"%s\", \"name\": \"%s\", \"uid\": \"u\", \"resourceVersion\": \"%d\"}%s}"
            .formatted(namespace, name, ++version, rest);
    Stored stored = new Stored(path, name, json);
    objects.put(key, stored);
    tell(type, stored);
  }

  /** Removes an object. */
  synchronized void remove(String path, String namespace, String name) {
    version++;
    tell("DELETED", objects.remove(path + " " + namespace + "/" + name));
  }

  /** Removes an object, and nobody who watches is told. */
  synchronized void removeSilently(String path, String namespace, String name) {
    version++;
    objects.remove(path + " " + namespace + "/" + name);
  }

  /** Sends a line to whoever watches a path. */
  synchronized void send(String path, String line) {
    watches.stream().filter(watch -> watch.path.equals(path)).forEach(w -> w.lines.add(line));
  }

  /** Ends the watches of a path in good order. */
  synchronized void endWatches(String path) {
    send(path, END);
  }

  /** Refuses every request with a code, or none if it is 0. */
  void refuse(int code) {
    refusal = code;
  }

  /** Lets every request for a next page fail, once. */
  void expireNextPage() {
    isExpiring = true;
  }

  /** Returns path and query of each request so far, decoded. */
  List<String> requests() {
    return requests;
  }

  /** Returns how many requests have begun so. */
  long requests(String start) {
    return requests.stream().filter(request -> request.startsWith(start)).count();
  }

  /** Returns the Events that were written. */
  List<String> events() {
    return events;
  }

  /** Tells whether a path is being watched. */
  boolean isWatched(String path) {
    return watches.stream().anyMatch(watch -> watch.path.equals(path));
  }

  @Override
  public void close() {
    watches.forEach(watch -> watch.lines.add(END));
    server.stop(0);
  }

  private void tell(String type, Stored stored) {
    String line = "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, stored.json);
    history.add(new Happened(version, stored, line));
    watches.stream()
        .filter(watch -> watch.concerns(stored))
        .forEach(watch -> watch.lines.add(line));
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      // A body that is not read costs the connection.
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(path + " " + query);
      if (refusal != 0) {
        send(exchange, refusal, status(refusal, "refused"));
      } else if (exchange.getRequestMethod().equals("POST")) {
        events.add(new String(body, StandardCharsets.UTF_8));
        send(exchange, 201, "{}");
      } else if (query.containsKey("watch")) {
        watch(exchange, begin(path, query));
      } else if (path.equals("version")) {
        send(exchange, 200, "{\"gitVersion\": \"v1.36.3\"}");
      } else if (!query.containsKey("limit")) {
        send(exchange, 404, status(404, "there is no " + path));
      } else if (query.containsKey("continue") && isExpiring) {
        isExpiring = false;
        send(exchange, 410, status(410, "The provided continue parameter is too old"));
      } else {
        send(exchange, 200, list(path, query));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String list(String path, Map<String, String> query) {
    Optional<String> name = name(query);
    List<String> all =
        objects.values().stream()
            .filter(stored -> stored.path.equals(path))
            .filter(stored -> name.map(stored.name::equals).orElse(true))
            .map(Stored::json)
            .toList();
    int start = Integer.parseInt(query.getOrDefault("continue", "0"));
    int end = Math.min(all.size(), start + Integer.parseInt(query.get("limit")));
    return "{\"kind\": \"List\", \"items\": [%s], \"metadata\": {\"resourceVersion\": \"%d\"%s}}"
        .formatted(
            String.join(",", all.subList(start, end)),
            version,
            end < all.size() ? ", \"continue\": \"" + end + "\"" : "");
  }

  private synchronized Watch begin(String path, Map<String, String> query) {
    Watch watch = new Watch(path, name(query), new LinkedBlockingQueue<>());
    int since = Integer.parseInt(query.get("resourceVersion"));
    history.stream()
        .filter(happened -> happened.version > since && watch.concerns(happened.stored))
        .forEach(happened -> watch.lines.add(happened.line));
    watches.add(watch);
    return watch;
  }

  private void watch(HttpExchange exchange, Watch watch) throws IOException, InterruptedException {
    try {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.flush();
      for (String line = watch.lines.take(); !line.equals(END); line = watch.lines.take()) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } finally {
      watches.remove(watch);
    }
  }

  private static Optional<String> name(Map<String, String> query) {
    return Optional.ofNullable(query.get("fieldSelector"))
        .map(selector -> selector.substring("metadata.name=".length()));
  }

  private static Map<String, String> query(String raw) {
    return raw == null
        ? Map.of()
        : new ArrayList<>(List.of(raw.split("&")))
            .stream()
                .map(part -> part.split("=", 2))
                .collect(
                    Collectors.toMap(
                        part -> part[0],
                        part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8),
                        (a, b) -> b,
                        TreeMap::new));
  }

  private static String status(int code, String message) {
    return "{\"kind\": \"Status\", \"code\": %d, \"message\": \"%s\"}".formatted(code, message);
  }

  private static void send(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
