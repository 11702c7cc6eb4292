package dev.lintel.webhook;

import dev.lintel.apiserver.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** {@code lintel serve} as its container runs it: with the image's options, and as much memory. */
final class LintelProcess implements AutoCloseable {

  private static final Path SETTINGS = Path.of("src/main/resources/application.properties");
  private static final int LETTERS_SHOWN = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern PORT = Pattern.compile("https://[^ ]*?:(\\d+)");
  private static final Pattern MANAGEMENT =
      Pattern.compile("nterface listening on http://[^ ]*?:(\\d+)");
  private static final Pattern CERTIFICATE = Pattern.compile("certificate: (.*)$");

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final HttpClient client;
  private final SSLContext context;
  private final int port;
  private final int managementPort;

  private LintelProcess(Process process) throws Exception {
    this.process = process;
    BufferedReader reader = process.inputReader();
    this.context = Clients.context(Path.of(await(reader, CERTIFICATE)));
    String listening = await(reader, PORT, MANAGEMENT);
    this.port = Integer.parseInt(found(PORT, listening));
    this.managementPort = Integer.parseInt(found(MANAGEMENT, listening));
    Thread.ofVirtual().start(() -> reader.lines().forEach(output::add));
    this.client =
        HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build();
  }

  /** Starts a process and waits until it is ready. */
  static LintelProcess start(Map<String, String> environment) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:MaxRAM=512m");
    command.addAll(jvmOptions());
    command.addAll(
        List.of(
            "-jar",
            System.getProperty("lintel.jar"),
            "serve",
            "--topology=samples/shop",
            "--port=0",
            "--management-port=0"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    LintelProcess lintel = new LintelProcess(process);
    Eventually.holds(() -> lintel.isReady(true));
    return lintel;
  }

  /** Returns what the image gives to the JVM. */
  static List<String> jvmOptions() throws IOException {
    Properties settings = new Properties();
    try (var in = Files.newBufferedReader(SETTINGS)) {
      settings.load(in);
    }
    String options = settings.getProperty("quarkus.jib.jvm-additional-arguments", "");
    return Arrays.stream(options.split(",")).filter(option -> !option.isBlank()).toList();
  }

  /** Sends a review, and again what is told to come again, as the API server does. */
  String answer(byte[] review) throws Exception {
    while (true) {
      var answer = Clients.post(client, review(), review, PATIENCE);
      if (answer.statusCode() != 429) {
        return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
      }
      TimeUnit.SECONDS.sleep(answer.headers().firstValueAsLong("Retry-After").orElseThrow());
    }
  }

  /** Asserts that the process says that it is ready, or that it is not. */
  void isReady(boolean expected) {
    int status = Clients.status(client, URI.create(management() + "/q/health/ready"));
    if (status != (expected ? 200 : 503)) {
      throw new AssertionError("readiness answered " + status + ":\n" + said());
    }
  }

  /** Returns the value of a metric. */
  double metric(String nameAndLabels) throws Exception {
    return Clients.get(client, URI.create(management() + "/q/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith(nameAndLabels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Opens a connection and sends the head of a review and a part of its body. */
  Socket send(int declared, byte[] part) throws IOException {
    Socket socket = context.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(60_000);
    String head =
        "POST /validate?timeout=3s HTTP/1.1\r\nHost: lintel\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + declared
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(part);
    socket.getOutputStream().flush();
    return socket;
  }

  /** Asks the process to end, as the kubelet does. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the process' end. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still there:\n" + said());
    }
  }

  /** Returns the end of what the process has printed. */
  String said() {
    String all = String.join("\n", output);
    return all.substring(Math.max(0, all.length() - LETTERS_SHOWN));
  }

  @Override
  public void close() throws InterruptedException {
    client.shutdownNow();
    process.destroyForcibly().waitFor();
  }

  private URI review() {
    return URI.create("https://localhost:" + port + "/validate?timeout=30s");
  }

  private String management() {
    return "http://localhost:" + managementPort;
  }

  /** Returns what the last pattern's line, which has all of them, or the first group found. */
  private static String await(BufferedReader reader, Pattern... wanted) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      said.append(line).append('\n');
      String text = line;
      if (Arrays.stream(wanted).allMatch(pattern -> pattern.matcher(text).find())) {
        return wanted.length == 1 ? found(wanted[0], line) : line;
      }
    }
    throw new IllegalStateException("the server did not start:\n" + said);
  }

  private static String found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      throw new IllegalStateException(line);
    }
    return matcher.group(1);
  }
}
